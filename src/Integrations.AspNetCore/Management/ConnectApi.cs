using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Connecting for hosts with pages of their own. Cookies bind it to the browser just as the built-in pages do.</summary>
internal sealed class ConnectApi(EndpointSetup setup)
{
    public async Task<IResult> StartAsync(HttpContext http, [FromServices] IIntegrationConnector connector, CancellationToken ct)
    {
        var (body, failure) = await http.ReadBodyAsync(IntegrationsJsonContext.Default.IntegrationConnectRequest, setup.Options.MaxManagementBytes, ct);
        if (body is null)
            return ManagementContext.Problem(failure!);
        var rules = new RequestRules();
        var request = new StartConnectRequest
        {
            ClientId = http.CurrentUser().ClientId,
            ChatId = rules.Required(body.ChatId, "$.chat_id"),
            Type = rules.Type(body.Type, "$.type"),
            UserBinding = http.CurrentUser().UserBinding,
            BrowserToken = setup.Cookies.ReadBrowser(http),
            ReturnPath = body.ReturnPath,
            Reconsent = body.Reconsent,
            AllowAccountSwitch = body.AllowAccountSwitch,
        };
        rules.ReturnPath(body.ReturnPath);
        if (await ManagementRules.CheckAsync(http, rules, request.ChatId) is { } refused)
            return ManagementContext.Problem(refused);

        var result = await connector.StartAsync(request, ct);
        if (!result.Succeeded)
            return ManagementContext.Problem(ProviderFailures.From(result.Error));
        setup.Cookies.KeepBrowser(http, result.BrowserToken);
        return ManagementContext.Ok(
            new IntegrationConnectResponse { AuthorizationUrl = result.AuthorizationUri.AbsoluteUri, ExpiresAt = result.ExpiresAt },
            IntegrationsJsonContext.Default.IntegrationConnectResponse);
    }

    public async Task<IResult> SubmitCredentialsAsync(HttpContext http, [FromServices] IIntegrationConnector connector, CancellationToken ct)
    {
        var (body, failure) = await http.ReadBodyAsync(IntegrationsJsonContext.Default.IntegrationCredentialsRequest, setup.Options.MaxManagementBytes, ct);
        if (body is null)
            return ManagementContext.Problem(failure!);
        var rules = new RequestRules();
        var chat = rules.Required(body.ChatId, "$.chat_id");
        var type = rules.Type(body.Type, "$.type");
        if (body.Values is null || body.Values.Any(v => v.Value is null))
            rules.Add("$.values", "required", "This must be an object of texts.");
        if (await ManagementRules.CheckAsync(http, rules, chat) is { } refused)
            return ManagementContext.Problem(refused);

        return Answer(await connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
        {
            ClientId = http.CurrentUser().ClientId,
            ChatId = chat,
            Type = type,
            AllowAccountSwitch = body.AllowAccountSwitch,
            Submission = new CredentialSubmission { Values = body.Values!.ToDictionary(v => v.Key, v => new Secret(v.Value)) },
        }, ct));
    }

    public async Task<IResult> FindChoiceAsync(HttpContext http, string choice, [FromServices] IIntegrationConnector connector, CancellationToken ct) =>
        setup.Cookies.FindChoice(http, choice, http.CurrentUser()) is { } key && await connector.FindAccountChoiceAsync(key, ct) is { } open
            ? ManagementContext.Ok(IntegrationChoiceResponse.From(choice, open), IntegrationsJsonContext.Default.IntegrationChoiceResponse)
            : ManagementContext.Problem(Failure.UnknownChoice);

    public async Task<IResult> ChooseAsync(HttpContext http, string choice, [FromServices] IIntegrationConnector connector, CancellationToken ct)
    {
        var (body, failure) = await http.ReadBodyAsync(IntegrationsJsonContext.Default.IntegrationAccountRequest, setup.Options.MaxManagementBytes, ct);
        if (body is null)
            return ManagementContext.Problem(failure!);
        if (string.IsNullOrEmpty(body.AccountId))
            return ManagementContext.Problem(Failure.Invalid("$.account_id", "required", "Choose one of the accounts."));
        if (setup.Cookies.FindChoice(http, choice, http.CurrentUser()) is not { } key)
            return ManagementContext.Problem(Failure.UnknownChoice);
        var result = await connector.SelectAccountAsync(key, body.AccountId, ct);
        if (result.Outcome == ConnectOutcome.Connected)
            setup.Cookies.DropChoice(http, choice);
        else if (result.Choice is { } another)
            choice = setup.Cookies.KeepChoice(http, another);
        return Answer(result, choice);
    }

    private static IResult Answer(ConnectResult result, string? choiceId = null) => result.Outcome == ConnectOutcome.Connected
        ? ManagementContext.Ok(IntegrationConnectedResponse.From(result), IntegrationsJsonContext.Default.IntegrationConnectedResponse)
        : new ProblemResult(ConnectFailures.From(result), choiceId);
}
