using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

public sealed partial class MetaSimulator
{
    /// <summary>Called when a person removes the app; null for none.</summary>
    public Uri? DeauthorizeCallback
    {
        get => _world.DeauthorizeCallback;
        set => _world.DeauthorizeCallback = value;
    }

    /// <summary>Called when a person asks for deletion; null for none.</summary>
    public Uri? DataDeletionCallback
    {
        get => _world.DataDeletionCallback;
        set => _world.DataDeletionCallback = value;
    }

    /// <summary>Adds a redirect URI to the app settings. From the first one on, only listed URIs are accepted.</summary>
    public void AllowRedirect(Uri redirectUri)
    {
        lock (_world.Gate)
            RedirectRules.Add(_world.RedirectUris, redirectUri);
    }

    /// <summary>
    /// Does what a person does on the consent page and answers where the browser goes next: the redirect URI with code and state. Throws
    /// <see cref="InvalidOperationException"/> when the dialog would show an error page instead. No HTTP is involved, so
    /// <see cref="Requests"/> does not show it.
    /// </summary>
    public Task<Uri> ConsentAsync(Uri authorizationUrl, SimulatedUser user, Action<ConsentChoice>? choose = null, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var choice = new ConsentChoice();
        choose?.Invoke(choice);
        return Task.FromResult(Decide(authorizationUrl, request =>
        {
            lock (_world.Gate)
            {
                var pages = choice.Pages ?? [.. _world.Pages.Where(page => page.TasksOf(user).Count > 0)];
                return request.Grant(_world, user, [.. request.Scopes.Where(choice.Declined.Contains)], [.. pages.Select(page => page.Id)]);
            }
        }));
    }

    /// <summary>Presses Cancel on the consent page; answers where the browser goes next.</summary>
    public Task<Uri> DenyAsync(Uri authorizationUrl, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(IsInstagramDialog(authorizationUrl)
            ? DecideOnInstagram(authorizationUrl, request => request.Deny())
            : Decide(authorizationUrl, request => request.Deny()));
    }

    /// <summary>
    /// Registers the callback as the app dashboard does, for all fields, with the verification GET. Throws
    /// <see cref="InvalidOperationException"/> when the endpoint does not answer the challenge.
    /// </summary>
    public async Task SetWebhookAsync(Uri callback, string verifyToken, CancellationToken ct = default)
    {
        await VerifyAsync(callback, verifyToken, ct);
        lock (_world.Gate)
            _world.Subscription = new AppSubscription(callback, null);
        _world.Changed.Pulse();
    }

    private async Task VerifyAsync(Uri callback, string verifyToken, CancellationToken ct)
    {
        if (await _world.Callbacks.VerifyAsync(callback, verifyToken, ct) is { } cause)
            throw new InvalidOperationException($"The webhook at {callback.GetLeftPart(UriPartial.Path)} failed verification: {cause}.");
    }

    private Uri Decide(Uri authorizationUrl, Func<DialogRequest, string> decide)
    {
        if (authorizationUrl.Authority != DialogBaseUri.Authority || !authorizationUrl.AbsolutePath.EndsWith("/dialog/oauth", StringComparison.Ordinal))
            throw new InvalidOperationException($"Not this simulator's dialog: {authorizationUrl.GetLeftPart(UriPartial.Path)}.");
        return Asked(authorizationUrl, query => decide(DialogRequest.Parse(_world, query)));
    }

    private static Uri Asked(Uri authorizationUrl, Func<IEnumerable<KeyValuePair<string, StringValues>>, string> answer)
    {
        try
        {
            return new Uri(answer(QueryHelpers.ParseQuery(authorizationUrl.Query)));
        }
        catch (DialogException refused)
        {
            throw new InvalidOperationException($"The dialog refuses: {refused.Message}", refused);
        }
    }
}
