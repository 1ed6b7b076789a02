using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>
/// Where the platform sends the browser back to. Whatever is wrong with the request is judged by the connector, which uses up
/// the state in any case; here it is only read, and the platform's own words (<c>error_description</c>) are not even that.
/// </summary>
internal sealed class CallbackEndpoint(EndpointSetup setup, ConnectAnswers answers)
{
    private const int MaxLength = 4096;

    public async Task<IResult> HandleAsync(
        HttpContext http,
        string type,
        [FromServices] IIntegrationConnector connector,
        [FromServices] IIntegrationCatalog catalog,
        [FromQuery(Name = "state")] string? state,
        [FromQuery(Name = "code")] string? code,
        [FromQuery(Name = "error")] string? error,
        [FromQuery(Name = "iss")] string? issuer,
        CancellationToken ct)
    {
        if (!IntegrationType.TryParse(type, out var platform) || catalog.Find(platform) is null)
            return new FailureResult(setup, Failure.UnknownType);
        var user = await http.FindIntegrationUserAsync();
        var result = await connector.CompleteAsync(new AuthorizationCallback
        {
            Type = platform,
            State = new Secret(Limit(state)),
            Code = new Secret(Limit(code)),
            Error = Limit(error),
            Issuer = Limit(issuer),
            BrowserToken = setup.Cookies.ReadBrowser(http),
            UserBinding = user?.UserBinding,
        }, ct);
        return answers.For(http, platform, result);
    }

    private static string? Limit(string? text) => text is { Length: > MaxLength } ? null : text;
}
