namespace Integrations;

/// <summary>Takes callbacks. The order of its checks is the security of the flow: no platform call before the last of them.</summary>
internal sealed class CallbackCompleter(
    ProviderRegistry providers,
    ProviderCall provider,
    AuthorizationKeeper keeper,
    IAuthorizationStore authorizations,
    AccountOffer offer,
    IntegrationAddresses addresses,
    TimeProvider time,
    ConnectEnd ended)
{
    // A state is 43 characters; nothing longer is worth hashing. Codes of platforms stay far below this.
    private const int MaxStateLength = 128;
    private const int MaxCodeLength = 8192;

    public async Task<ConnectResult> CompleteAsync(AuthorizationCallback callback, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var result = await TakeAsync(callback, ct);
        ended.Tell(callback.Type, result);
        return result;
    }

    private async Task<ConnectResult> TakeAsync(AuthorizationCallback callback, CancellationToken ct)
    {
        if (callback.State.IsEmpty || callback.State.Reveal().Length > MaxStateLength)
            return new ConnectResult { Outcome = ConnectOutcome.StateUnknown };
        var now = time.GetUtcNow().UtcDateTime;
        var consumed = await authorizations.ConsumeAsync(Handles.Hash(callback.State, AuthorizationPurpose.Connect), now, ct);
        if (!consumed.Consumed || consumed.Authorization.Purpose != AuthorizationPurpose.Connect)
            return new ConnectResult { Outcome = consumed.WasUsedBefore ? ConnectOutcome.StateReplayed : ConnectOutcome.StateUnknown };

        var pending = consumed.Authorization;
        var returnPath = pending.ReturnPath ?? "/";
        if (pending.ExpiresAt <= now)
            return new ConnectResult { Outcome = ConnectOutcome.StateExpired, ReturnPath = returnPath };
        if (pending.Type != callback.Type)
            return new ConnectResult { Outcome = ConnectOutcome.TypeMismatch, ReturnPath = returnPath };
        if (!Handles.Matches(callback.BrowserToken, pending.BrowserHash))
            return new ConnectResult { Outcome = ConnectOutcome.BrowserMismatch, ReturnPath = returnPath };
        if (!string.Equals(callback.UserBinding, pending.UserBinding, StringComparison.Ordinal))
            return new ConnectResult { Outcome = ConnectOutcome.UserMismatch, ReturnPath = returnPath };
        if (!IsExpectedIssuer(callback.Issuer, providers.Find(pending.Type)?.Descriptor))
            return new ConnectResult { Outcome = ConnectOutcome.IssuerMismatch, ReturnPath = returnPath };
        if (callback.Error is { } error)
            return CallbackError.Read(error, returnPath);
        if (callback.Code.IsEmpty || callback.Code.Reveal().Length > MaxCodeLength)
            return AccountConnector.Failed(Refusal.New(ProviderErrorKind.InvalidRequest, "code_missing", "The platform sent the browser back without a usable code. Connect again."), returnPath);
        return await ExchangeAsync(callback, pending, ct);
    }

    /// <summary>Before the code or the error is believed: both may come from a server that was mixed up with the platform's (RFC 9207, section 2.4).</summary>
    private static bool IsExpectedIssuer(string? issuer, IntegrationDescriptor? descriptor) => descriptor?.Issuer is not { } expected
        || (issuer is null ? !descriptor.RequiresIssuer : string.Equals(issuer, expected, StringComparison.Ordinal));

    private async Task<ConnectResult> ExchangeAsync(AuthorizationCallback callback, PendingAuthorization pending, CancellationToken ct)
    {
        var returnPath = pending.ReturnPath ?? "/";
        if (providers.WhyNot(pending.Type) is { } gone)
            return AccountConnector.Failed(gone, returnPath);
        if (keeper.OpenAttempt(pending) is not { } attempt)
            return AccountConnector.Failed(Refusal.CredentialsUnreadable, returnPath);

        var implementation = providers.Get(pending.Type);
        var descriptor = implementation.Descriptor;
        var context = new CodeExchangeContext
        {
            Code = callback.Code,
            RedirectUri = addresses.Callback(pending.Type),
            CodeVerifier = new Secret(attempt.Verifier),
            Scopes = [.. descriptor.RequiredScopes.Concat(descriptor.OptionalScopes).Distinct(StringComparer.Ordinal)],
        };
        var exchange = await provider.RunAsync(limit => implementation.ExchangeCodeAsync(context, limit), TokenResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        if (!exchange.Succeeded)
            return AccountConnector.Failed(exchange.Error, returnPath);
        return AccountConnector.Missing(descriptor, exchange.Tokens.GrantedScopes) is { Count: > 0 } missing
            ? AccountConnector.MissingScopes(missing, returnPath)
            : await offer.TakeAsync(AuthorizationBinding.Of(pending, attempt.AllowAccountSwitch), implementation, exchange.Tokens, ct);
    }
}
