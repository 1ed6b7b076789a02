using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Sends a signed-in person's browser to the platform's consent dialog, or shows the form of a platform that has none.</summary>
internal sealed class StartEndpoint(EndpointSetup setup, CredentialEndpoint credentials)
{
    public async Task<IResult> HandleAsync(
        HttpContext http,
        string type,
        [FromServices] IIntegrationConnector connector,
        [FromServices] IIntegrationCatalog catalog,
        [FromQuery(Name = "chat_id")] string? chatId,
        [FromQuery(Name = "return_path")] string? returnPath,
        [FromQuery(Name = "reconsent")] string? reconsent,
        [FromQuery(Name = "allow_account_switch")] string? allowAccountSwitch,
        CancellationToken ct)
    {
        var (target, failure) = await ConnectTarget.ReadAsync(http, catalog, type, chatId, returnPath, allowAccountSwitch);
        if (target is null)
            return new FailureResult(setup, failure!);
        // What is not available is refused by the connector, whatever it would be connected by.
        if (target.Platform is { Authorization: AuthorizationKind.Credentials, Availability: IntegrationAvailability.Available })
            return credentials.Show(http, target, catalog);

        var result = await connector.StartAsync(new StartConnectRequest
        {
            ClientId = target.User.ClientId,
            ChatId = target.ChatId,
            Type = target.Type,
            UserBinding = target.User.UserBinding,
            BrowserToken = setup.Cookies.ReadBrowser(http),
            ReturnPath = returnPath,
            Reconsent = reconsent is "true" or "1",
            AllowAccountSwitch = target.AllowAccountSwitch,
        }, ct);
        if (!result.Succeeded)
            return new FailureResult(setup, ProviderFailures.From(result.Error), returnPath);
        setup.Cookies.KeepBrowser(http, result.BrowserToken);
        SecurityHeaders.Apply(http.Response);
        return new Redirect(result.AuthorizationUri.AbsoluteUri);
    }
}
