using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Starts connects: makes state and proof key, lets the provider build the consent address, and checks it.</summary>
internal sealed class ConnectStarter(
    ProviderRegistry providers,
    ProviderCall provider,
    AuthorizationKeeper keeper,
    IAuthorizationStore authorizations,
    IntegrationAddresses addresses,
    IOptions<IntegrationsOptions> options,
    TimeProvider time,
    ILogger<ConnectStarter> logger)
{
    public async Task<StartConnectResult> StartAsync(StartConnectRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (providers.Describe(request.Type) is null)
            providers.Get(request.Type);
        if (await RefusalOfAsync(request, ct) is { } refusal)
            return Refused(request, refusal);

        var implementation = providers.Get(request.Type);
        var descriptor = implementation.Descriptor;
        var verifier = descriptor.Pkce == PkceMode.S256 ? Pkce.NewVerifier() : default;
        var context = new AuthorizeContext
        {
            State = Handles.New(),
            RedirectUri = addresses.Callback(request.Type),
            Scopes = [.. descriptor.RequiredScopes.Concat(descriptor.OptionalScopes).Distinct(StringComparer.Ordinal)],
            CodeChallenge = verifier.IsEmpty ? null : Pkce.Challenge(verifier),
            Reconsent = request.Reconsent,
        };

        ProviderError? error = null;
        var authorization = await provider.RunAsync<AuthorizationRequest?>(
            async limit => await implementation.AuthorizeAsync(context, limit),
            e => { error = e; return null; }, descriptor.Refresh.RequestTimeout, ct);
        if (authorization is null)
            return Refused(request, error!);
        if (AuthorizationUriCheck.Problem(authorization.Uri, context, descriptor, verifier) is { } problem)
        {
            ConnectLog.ProviderMisbehaved(logger, request.Type, problem);
            return Refused(request, Refusal.New(ProviderErrorKind.Configuration, "authorization_uri_refused",
                $"The provider of '{request.Type}' built an address this host does not send a browser to: {problem}."));
        }

        var browserToken = Handles.IsWellFormed(request.BrowserToken) ? request.BrowserToken : Handles.New();
        var expiresAt = time.GetUtcNow() + options.Value.AuthorizationLifetime;
        await keeper.SaveAsync(context.State, AuthorizationPurpose.Connect, new AuthorizationBinding
        {
            ClientId = request.ClientId,
            ChatId = request.ChatId,
            Type = request.Type,
            UserBinding = request.UserBinding,
            BrowserHash = Handles.Hash(browserToken),
            ReturnPath = request.ReturnPath,
        }, Remember(request, verifier), expiresAt, ct);
        ConnectLog.ConnectStarted(logger, request.Type, request.ClientId, request.ChatId);
        return new StartConnectResult { AuthorizationUri = authorization.Uri, BrowserToken = browserToken, ExpiresAt = expiresAt };
    }

    private static Secret Remember(StartConnectRequest request, Secret verifier) => verifier.IsEmpty && !request.AllowAccountSwitch
        ? default
        : new Secret(JsonSerializer.Serialize(
            new StoredAttempt { Verifier = verifier.Reveal(), AllowAccountSwitch = request.AllowAccountSwitch }, ConnectJsonContext.Default.StoredAttempt));

    private async Task<ProviderError?> RefusalOfAsync(StartConnectRequest request, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.UserBinding))
            return Refusal.New(ProviderErrorKind.InvalidRequest, "user_missing", "Nobody is signed in: a connect must be bound to the user that started it.");
        if (request.ReturnPath is { } path && !LocalPath.IsLocal(path))
            return Refusal.New(ProviderErrorKind.InvalidRequest, "return_path_not_local", "The return path must be a path of this host that starts with a single slash.");
        if (providers.WhyNot(request.Type) is { } reason)
            return reason;
        var descriptor = providers.Get(request.Type).Descriptor;
        if (descriptor.Authorization != AuthorizationKind.OAuth2)
            return Refusal.New(ProviderErrorKind.NotAvailable, "not_oauth", descriptor.Authorization == AuthorizationKind.Credentials
                ? $"{descriptor.DisplayName} has no consent dialog: it is connected by typed credentials, in its form."
                : $"{descriptor.DisplayName} is not connected through the browser: it has no account to connect, and works once it is deployed.");
        var pending = await authorizations.CountPendingAsync(request.ClientId, time.GetUtcNow().UtcDateTime, ct);
        return pending < options.Value.MaxPendingAuthorizations ? null : Refusal.New(ProviderErrorKind.RateLimited, "too_many_pending",
            $"This client has {pending} connects under way. Finish them, or wait until they expire.");
    }

    private StartConnectResult Refused(StartConnectRequest request, ProviderError error)
    {
        ConnectLog.ConnectNotStarted(logger, request.Type, request.ClientId, error);
        return new StartConnectResult { Error = error };
    }
}
