using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Sends a signed-in person's browser to the platform's consent dialog.</summary>
internal sealed class StartEndpoint(EndpointSetup setup)
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
        if (await http.FindIntegrationUserAsync() is not { } user)
            return Fail(Failure.Unauthenticated);
        if (!IntegrationType.TryParse(type, out var platform) || catalog.Find(platform) is null)
            return Fail(Failure.UnknownType);
        if (!Guid.TryParse(chatId, out var chat))
            return Fail(Failure.Invalid("$.chat_id", "not_a_guid", "chat_id must be the id of a chat."));
        if (returnPath is not null && !LocalPath.IsLocal(returnPath))
            return Fail(Failure.Invalid("$.return_path", "not_local", "return_path must be a path of this host that starts with a single '/'."));
        if (!await http.MayUseChatAsync(user, chat))
            return Fail(Failure.UnknownChat);

        var result = await connector.StartAsync(new StartConnectRequest
        {
            ClientId = user.ClientId,
            ChatId = chat,
            Type = platform,
            UserBinding = user.UserBinding,
            BrowserToken = setup.Cookies.ReadBrowser(http),
            ReturnPath = returnPath,
            Reconsent = reconsent is "true" or "1",
            AllowAccountSwitch = allowAccountSwitch is "true" or "1",
        }, ct);
        if (!result.Succeeded)
            return new FailureResult(setup, ProviderFailures.From(result.Error), returnPath);
        setup.Cookies.KeepBrowser(http, result.BrowserToken);
        SecurityHeaders.Apply(http.Response);
        return new Redirect(result.AuthorizationUri.AbsoluteUri);
    }

    private FailureResult Fail(Failure failure) => new(setup, failure);
}
