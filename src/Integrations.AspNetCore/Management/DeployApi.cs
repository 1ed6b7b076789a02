using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Deploys a chat, and says beforehand what that would do.</summary>
internal sealed class DeployApi(EndpointSetup setup)
{
    private const int MaxChannels = 50;

    public async Task<IResult> PlanAsync(HttpContext http, [FromServices] IIntegrationDeployer deployer, CancellationToken ct)
    {
        var (request, failure) = await ReadAsync(http, ct);
        return request is null
            ? ManagementContext.Problem(failure!)
            : ManagementContext.Ok(IntegrationPlanResponse.From(await deployer.PlanAsync(request, ct)), IntegrationsJsonContext.Default.IntegrationPlanResponse);
    }

    public async Task<IResult> DeployAsync(HttpContext http, [FromServices] IIntegrationDeployer deployer, CancellationToken ct)
    {
        var (request, failure) = await ReadAsync(http, ct);
        if (request is null)
            return ManagementContext.Problem(failure!);
        var result = await deployer.DeployAsync(request, ct);
        setup.Cookies.KeepBrowser(http, result.BrowserToken);
        if (result.Channels.Any(c => c.Status == ChannelStatus.ChangedMeanwhile))
            return ManagementContext.Problem(Changed(result));
        return result.Channels.Any(c => c.Status == ChannelStatus.Invalid)
            ? ManagementContext.Problem(Invalid(result))
            : ManagementContext.Ok(IntegrationDeployResponse.From(result), IntegrationsJsonContext.Default.IntegrationDeployResponse);
    }

    private static Failure Changed(DeploymentResult result) => new()
    {
        Status = 409,
        Code = "changed_meanwhile",
        Title = "Someone else changed these settings.",
        Detail = $"Nothing was saved. Read the integrations again and repeat the change: {string.Join(", ", result.Channels
            .Where(c => c.Status == ChannelStatus.ChangedMeanwhile).Select(c => c.Type.Value))}.",
    };

    private static Failure Invalid(DeploymentResult result) => new()
    {
        Status = 422,
        Code = "invalid_details",
        Title = "The settings are not valid.",
        Detail = "Nothing was changed. Correct the settings of each channel named in errors.",
        Errors = [.. result.Channels.SelectMany(IntegrationFieldError.From)],
    };

    private async Task<(DeploymentRequest? Request, Failure? Failure)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        var (body, failure) = await http.ReadBodyAsync(IntegrationsJsonContext.Default.IntegrationDeployRequest, setup.Options.MaxManagementBytes, ct);
        if (body is null)
            return (null, failure);
        var rules = new RequestRules();
        var request = new DeploymentRequest
        {
            ClientId = http.CurrentUser().ClientId,
            ChatId = rules.Required(body.ChatId, "$.chat_id"),
            Channels = Channels(body.Channels, rules),
            UserBinding = http.CurrentUser().UserBinding,
            BrowserToken = setup.Cookies.ReadBrowser(http),
            ReturnPath = body.ReturnPath,
        };
        rules.ReturnPath(body.ReturnPath);
        return await ManagementRules.CheckAsync(http, rules, request.ChatId) is { } refused ? (null, refused) : (request, null);
    }

    private static List<ChannelDeployment> Channels(IReadOnlyList<IntegrationDeployChannel>? channels, RequestRules rules)
    {
        if (channels is null or { Count: 0 or > MaxChannels })
            rules.Add("$.channels", "required", $"Name 1 to {MaxChannels} channels.");
        var result = new List<ChannelDeployment>();
        var seen = new HashSet<IntegrationType>();
        foreach (var (i, channel) in (channels ?? []).Take(MaxChannels).Index())
        {
            var type = rules.Type(channel?.Type, $"$.channels[{i}].type");
            if (type != default && !seen.Add(type))
                rules.Add($"$.channels[{i}].type", "duplicate", "Name each type once.");
            result.Add(new ChannelDeployment { Type = type, Details = channel?.Details?.ToJsonString(), ExpectedVersion = channel?.ExpectedVersion });
        }
        return result;
    }
}
