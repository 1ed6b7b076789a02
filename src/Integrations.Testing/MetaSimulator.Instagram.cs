namespace Integrations.Testing;

public sealed partial class MetaSimulator
{
    /// <summary>Base of the Instagram login's dialog (www.instagram.com). A port of its own, as every Instagram host.</summary>
    public Uri InstagramDialogBaseUri => _world.BaseUris[(int)MetaHost.InstagramDialog];

    /// <summary>Base of the Instagram code exchange (api.instagram.com).</summary>
    public Uri InstagramApiBaseUri => _world.BaseUris[(int)MetaHost.InstagramApi];

    /// <summary>Base of the Instagram Graph API (graph.instagram.com), without version.</summary>
    public Uri InstagramGraphBaseUri => _world.BaseUris[(int)MetaHost.InstagramGraph];

    /// <summary>Id of the app of the Instagram login, which differs from <see cref="AppId"/>.</summary>
    public string InstagramAppId => _world.Options.InstagramAppId;

    /// <summary>Secret of the Instagram login.</summary>
    public string InstagramAppSecret => _world.Options.InstagramAppSecret;

    /// <summary>The Instagram accounts added so far.</summary>
    public IReadOnlyList<SimulatedInstagramAccount> InstagramAccounts
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.InstagramAccounts];
        }
    }

    /// <summary>Where webhooks of the object "instagram" go; null while no callback is registered.</summary>
    public Uri? InstagramWebhookCallback
    {
        get
        {
            lock (_world.Gate)
                return _world.InstagramSubscription?.Callback;
        }
    }

    /// <summary>Called when the app is removed from an Instagram account that logged in; null for none.</summary>
    public Uri? InstagramDeauthorizeCallback
    {
        get => _world.InstagramDeauthorizeCallback;
        set => _world.InstagramDeauthorizeCallback = value;
    }

    /// <summary>Called when the owner of an Instagram account that logged in asks for deletion; null for none.</summary>
    public Uri? InstagramDataDeletionCallback
    {
        get => _world.InstagramDataDeletionCallback;
        set => _world.InstagramDataDeletionCallback = value;
    }

    /// <summary>
    /// Adds an Instagram professional account, linked to <paramref name="page"/> if one is given. Ids are digits, as at Meta; null
    /// chooses one. Throws <see cref="ArgumentException"/> for another id.
    /// </summary>
    public SimulatedInstagramAccount AddInstagramAccount(string username, string? accountId = null, SimulatedPage? page = null)
    {
        if (accountId is not null && !accountId.All(char.IsAsciiDigit))
            throw new ArgumentException($"An Instagram account id is made of digits, not \"{accountId}\".", nameof(accountId));
        lock (_world.Gate)
        {
            var account = NewInstagramAccount(username, accountId);
            if (page is not null)
                Link(account, page);
            return account;
        }
    }

    /// <summary>
    /// Registers the callback of the object "instagram" as the app dashboard does, the only way Meta documents, with the verification
    /// GET. It may be the callback of <see cref="SetWebhookAsync"/>. Throws <see cref="InvalidOperationException"/> when the endpoint
    /// does not answer the challenge.
    /// </summary>
    public async Task SetInstagramWebhookAsync(Uri callback, string verifyToken, CancellationToken ct = default)
    {
        await VerifyAsync(callback, verifyToken, ct);
        lock (_world.Gate)
        {
            _world.InstagramSubscription = new AppSubscription(callback, null);
            foreach (var account in _world.InstagramAccounts)
                account.Source.Enable();
        }

        _world.Changed.Pulse();
    }

    /// <summary>
    /// Does what the owner of an account does on the Instagram consent page and answers where the browser goes next, with Meta's
    /// <c>#_</c> after the code. Throws <see cref="InvalidOperationException"/> when the dialog would show an error page instead.
    /// </summary>
    public Task<Uri> ConsentAsync(Uri authorizationUrl, SimulatedInstagramAccount account, Action<ConsentChoice>? choose = null, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var choice = new ConsentChoice();
        choose?.Invoke(choice);
        return Task.FromResult(DecideOnInstagram(authorizationUrl, request =>
        {
            lock (_world.Gate)
                return request.Grant(_world, account, [.. request.Scopes.Where(choice.Declined.Contains)]);
        }));
    }

    private bool IsInstagramDialog(Uri url) => url.Authority == InstagramDialogBaseUri.Authority && url.AbsolutePath == "/oauth/authorize";

    private Uri DecideOnInstagram(Uri authorizationUrl, Func<InstagramDialogRequest, string> decide)
    {
        if (!IsInstagramDialog(authorizationUrl))
            throw new InvalidOperationException($"Not this simulator's Instagram dialog: {authorizationUrl.GetLeftPart(UriPartial.Path)}.");
        return Asked(authorizationUrl, query => decide(InstagramDialogRequest.Parse(_world, query)));
    }

    private SimulatedInstagramAccount NewInstagramAccount(string username, string? accountId)
    {
        var account = new SimulatedInstagramAccount(_world, accountId ?? _world.Ids.InstagramNumber("17841"), _world.Ids.Number("3"), username);
        _world.InstagramAccounts.Add(account);
        return account;
    }

    private static void Link(SimulatedInstagramAccount account, SimulatedPage page) => (account.Page, page.InstagramAccount) = (page, account);

    // "My Business Page" is @my_business_page.
    private static string Handle(string pageName) =>
        string.Concat(pageName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
