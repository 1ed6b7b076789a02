using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Pauses, resumes and disconnects an integration. Repeating a call changes nothing.</summary>
internal static class ActionEndpoints
{
    public static Task<IResult> PauseAsync(
        HttpContext http, Guid id, [FromServices] IIntegrationDeployer deployer, [FromServices] IIntegrationReader reader, CancellationToken ct) =>
        RunAsync(http, id, deployer.PauseAsync, reader, ct);

    public static Task<IResult> ResumeAsync(
        HttpContext http, Guid id, [FromServices] IIntegrationDeployer deployer, [FromServices] IIntegrationReader reader, CancellationToken ct) =>
        RunAsync(http, id, deployer.ResumeAsync, reader, ct);

    public static Task<IResult> DisconnectAsync(
        HttpContext http, Guid id, [FromServices] IIntegrationConnector connector, [FromServices] IIntegrationReader reader, CancellationToken ct) =>
        RunAsync(http, id, connector.DisconnectAsync, reader, ct);

    private static async Task<IResult> RunAsync(
        HttpContext http, Guid id, Func<IntegrationKey, CancellationToken, Task<ProviderResult>> action, IIntegrationReader reader, CancellationToken ct)
    {
        var key = new IntegrationKey(http.CurrentUser().ClientId, id);
        var result = await action(key, ct);
        if (!result.Succeeded)
            return ManagementContext.Problem(ProviderFailures.From(result.Error));
        return await reader.FindAsync(key, ct) is { } view
            ? ManagementContext.Ok(
                new IntegrationActionResponse { Integration = IntegrationResponse.From(view), Warnings = result.Warnings },
                IntegrationsJsonContext.Default.IntegrationActionResponse)
            : ManagementContext.Problem(Failure.NotFound);
    }
}
