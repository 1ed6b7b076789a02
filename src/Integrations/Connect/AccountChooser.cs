namespace Integrations;

/// <summary>Opens account choices and takes what was chosen.</summary>
internal sealed class AccountChooser(
    ProviderRegistry providers,
    ProviderCall provider,
    AuthorizationKeeper keeper,
    IAuthorizationStore authorizations,
    AccountOffer offer,
    TakenAccounts taken,
    AccountConnector connector,
    TimeProvider time,
    ConnectEnd ended)
{
    public async Task<AccountChoice?> FindAsync(AccountChoiceKey key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (pending, refusal) = await ReadAsync(key, ct);
        if (refusal is not null || keeper.OpenGrant(pending!) is not { } grant)
            return null;
        return new AccountChoice
        {
            Handle = key.Handle,
            ChatId = pending!.ChatId,
            Type = pending.Type,
            Accounts = await taken.MarkAsync(AuthorizationBinding.Of(pending, grant.AllowAccountSwitch), grant.Accounts, ct),
            ExpiresAt = new DateTimeOffset(pending.ExpiresAt, TimeSpan.Zero),
        };
    }

    public async Task<ConnectResult> SelectAsync(AccountChoiceKey key, string accountId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        var (pending, refusal) = await ReadAsync(key, ct);
        var result = refusal is { } outcome ? new ConnectResult { Outcome = outcome } : await TakeAsync(key, pending!, accountId, ct);
        if (pending is not null)
            ended.Tell(pending.Type, result);
        return result;
    }

    private async Task<ConnectResult> TakeAsync(AccountChoiceKey key, PendingAuthorization pending, string accountId, CancellationToken ct)
    {
        var returnPath = pending.ReturnPath ?? "/";
        if (keeper.OpenGrant(pending) is not { } grant)
            return AccountConnector.Failed(Refusal.CredentialsUnreadable, returnPath);
        if (grant.Accounts.FirstOrDefault(a => a.Id == accountId) is not { } account)
            return AccountConnector.Failed(Refusal.New(ProviderErrorKind.InvalidRequest, "account_not_offered", "This account is not among those offered."), returnPath);
        if (!account.CanConnect)
            return AccountConnector.Failed(Refusal.New(ProviderErrorKind.AccessDenied, "account_not_connectable", account.Reason ?? "This account cannot be connected."), returnPath);
        if (providers.WhyNot(pending.Type) is { } gone)
            return AccountConnector.Failed(gone, returnPath);
        if (providers.Get(pending.Type) is not (IAccountSource source and IIntegrationProvider implementation))
            return AccountConnector.Failed(Refusal.New(ProviderErrorKind.NotAvailable, "no_account_choice", $"The provider of '{pending.Type}' offers no accounts any more."), returnPath);

        var tokens = grant.ToTokens(time.GetUtcNow());
        var selected = await provider.RunAsync(
            limit => source.SelectAccountAsync(tokens, accountId, limit), TokenResult.Failed, implementation.Descriptor.Refresh.RequestTimeout, ct);
        if (!selected.Succeeded)
            return AccountConnector.Failed(selected.Error, returnPath);

        var binding = AuthorizationBinding.Of(pending, grant.AllowAccountSwitch);
        var claimed = false;
        var result = await connector.ConnectAsync(binding, implementation, tokens, selected.Tokens, async token =>
            claimed = (await authorizations.ConsumeAsync(Handles.Hash(key.Handle, AuthorizationPurpose.AccountChoice), time.GetUtcNow().UtcDateTime, token)).Consumed, ct);
        // The other of two presses connected its account a moment ago: this choice was used, and that is what to say.
        if (result.Outcome == ConnectOutcome.AccountMismatch && (await ReadAsync(key, ct)).Refusal == ConnectOutcome.StateReplayed)
            return new ConnectResult { Outcome = ConnectOutcome.StateReplayed, ReturnPath = returnPath };
        if (!claimed || result.Outcome != ConnectOutcome.AccountTaken)
            return result;

        // Another integration claimed the account in the moment between look and write. The choice is used up: offer it anew.
        var again = await offer.OfferAsync(binding, grant, CancellationToken.None);
        return new ConnectResult { Outcome = result.Outcome, Choice = again.Choice, ReturnPath = returnPath };
    }

    private async Task<(PendingAuthorization? Pending, ConnectOutcome? Refusal)> ReadAsync(AccountChoiceKey key, CancellationToken ct)
    {
        if (!Handles.IsWellFormed(key.Handle))
            return (null, ConnectOutcome.StateUnknown);
        var hash = Handles.Hash(key.Handle, AuthorizationPurpose.AccountChoice);
        if (await authorizations.FindAsync(hash, ct) is not { Purpose: AuthorizationPurpose.AccountChoice } pending)
            // Found no more: consuming then takes nothing, and tells a used one from one that never was.
            return (null, (await authorizations.ConsumeAsync(hash, time.GetUtcNow().UtcDateTime, ct)).WasUsedBefore
                ? ConnectOutcome.StateReplayed
                : ConnectOutcome.StateUnknown);
        if (pending.ExpiresAt <= time.GetUtcNow().UtcDateTime)
            return (pending, ConnectOutcome.StateExpired);
        if (!Handles.Matches(key.BrowserToken, pending.BrowserHash))
            return (pending, ConnectOutcome.BrowserMismatch);
        return string.Equals(key.UserBinding, pending.UserBinding, StringComparison.Ordinal) ? (pending, null) : (pending, ConnectOutcome.UserMismatch);
    }
}
