namespace Integrations;

/// <summary>The last steps of every way to connect: scopes checked, written, and made live if its owner asked for that before.</summary>
internal sealed class AccountConnector(ConnectionWriter writer, ChannelSwitch channels)
{
    private const int MaxNames = 5;

    /// <summary>Connects an account by its own tokens.</summary>
    /// <param name="binding">For whom.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="grant">What the person granted; says what <paramref name="account"/> leaves out.</param>
    /// <param name="account">The account's tokens; the same as <paramref name="grant"/> if there is no choice of accounts.</param>
    /// <param name="claim">See <see cref="ConnectionWriter.WriteAsync"/>.</param>
    /// <param name="ct">Cancels up to the write.</param>
    public async Task<ConnectResult> ConnectAsync(
        AuthorizationBinding binding, IIntegrationProvider provider, TokenSet grant, TokenSet account, Func<CancellationToken, Task<bool>>? claim, CancellationToken ct)
    {
        var descriptor = provider.Descriptor;
        var returnPath = binding.ReturnPath ?? "/";
        var granted = account.GrantedScopes ?? grant.GrantedScopes;
        if (Missing(descriptor, granted) is { Count: > 0 } missing)
            return MissingScopes(missing, returnPath);
        if (string.IsNullOrEmpty(account.AccountId))
            return Failed(Refusal.New(ProviderErrorKind.Unknown, "account_unknown", $"The provider of '{descriptor.Type}' did not say which account the grant opens."), returnPath);

        var written = await writer.WriteAsync(new ConnectionDraft
        {
            ClientId = binding.ClientId,
            ChatId = binding.ChatId,
            Provider = provider,
            Tokens = account,
            AccountId = account.AccountId,
            GrantedScopes = granted ?? [.. descriptor.RequiredScopes.Concat(descriptor.OptionalScopes).Distinct(StringComparer.Ordinal)],
            AuthorizedUserId = account.AuthorizedUserId ?? grant.AuthorizedUserId,
            ConsentExpiresAt = account.ConsentExpiresAt ?? grant.ConsentExpiresAt,
            AllowAccountSwitch = binding.AllowAccountSwitch,
        }, claim, ct);
        if (written.Outcome == ConnectOutcome.AccountMismatch)
            return Mismatch(written.Integration!, [new PlatformAccount { Id = account.AccountId, Name = account.AccountName ?? account.AccountId }], returnPath);
        if (written.Outcome != ConnectOutcome.Connected)
            return new ConnectResult { Outcome = written.Outcome, DetailsErrors = written.DetailsErrors, ReturnPath = returnPath };
        var activation = await channels.AfterConnectAsync(provider, written.Integration!, written.Before);
        return new ConnectResult { Outcome = ConnectOutcome.Connected, Key = written.Integration!.Record.Key, Error = activation.Error, Warnings = activation.Warnings, ReturnPath = returnPath };
    }

    /// <summary>The outcome of a grant that opens other accounts than the one that is connected.</summary>
    public static ConnectResult Mismatch(StoredIntegration connected, IReadOnlyList<PlatformAccount> offered, string returnPath) => new()
    {
        Outcome = ConnectOutcome.AccountMismatch,
        Mismatch = new AccountMismatch { ConnectedId = connected.Connection.AccountId!, ConnectedName = connected.Connection.AccountName, Offered = offered },
        Error = Refusal.New(ProviderErrorKind.InvalidRequest, "account_mismatch",
            $"Connected is {connected.Connection.AccountName ?? connected.Connection.AccountId}; the grant opens "
            + $"{string.Join(", ", offered.Take(MaxNames).Select(a => a.Name))}{(offered.Count > MaxNames ? " and others" : "")}."),
        ReturnPath = returnPath,
    };

    /// <summary>Required scopes that were not granted. A platform that does not tell is believed to have granted all.</summary>
    public static List<string> Missing(IntegrationDescriptor descriptor, IReadOnlyList<string>? granted) =>
        granted is null ? [] : [.. descriptor.RequiredScopes.Except(granted, StringComparer.Ordinal)];

    /// <summary>The outcome of a grant that lacks scopes.</summary>
    public static ConnectResult MissingScopes(IReadOnlyList<string> missing, string returnPath) => new()
    {
        Outcome = ConnectOutcome.MissingScopes,
        MissingScopes = missing,
        Error = Refusal.New(ProviderErrorKind.InsufficientScope, "missing_scopes", $"Not granted: {string.Join(", ", missing)}. Connect again and grant them."),
        ReturnPath = returnPath,
    };

    /// <summary>The outcome of a failure.</summary>
    public static ConnectResult Failed(ProviderError error, string returnPath) => new() { Outcome = ConnectOutcome.Failed, Error = error, ReturnPath = returnPath };
}
