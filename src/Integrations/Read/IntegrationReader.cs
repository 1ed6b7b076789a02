namespace Integrations;

/// <inheritdoc cref="IIntegrationReader"/>
internal sealed class IntegrationReader(IIntegrationStore store, ProviderRegistry providers, DetailsSealer sealer, ConnectionOpener opener) : IIntegrationReader
{
    public async Task<IntegrationView?> FindAsync(IntegrationKey key, CancellationToken ct = default) =>
        await store.FindAsync(key, ct) is { } stored ? View(stored, Check(stored)) : null;

    public async Task<IReadOnlyList<IntegrationView>> ListAsync(IntegrationQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return [.. (await store.ListAsync(query, ct)).Select(stored => View(stored, CredentialHealth.NotChecked))];
    }

    internal IntegrationView View(StoredIntegration stored, CredentialHealth credentials)
    {
        var (record, connection) = (stored.Record, stored.Connection);
        return new IntegrationView
        {
            Key = record.Key,
            ChatId = record.ChatId,
            Type = record.Type,
            IsLive = record.IsLive,
            IsActive = record.IsActive,
            State = connection.State,
            StateReason = connection.StateReason,
            StateSince = Utc(connection.StateSince),
            AccountId = connection.AccountId,
            AccountName = connection.AccountName,
            GrantedScopes = connection.GrantedScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            HasCredentials = !string.IsNullOrEmpty(record.AuthToken),
            TokenExpiresAt = Utc(record.TokenExpiresAt),
            ConsentExpiresAt = Utc(connection.ConsentExpiresAt),
            Credentials = credentials,
            Version = connection.ConfigurationVersion,
            Details = sealer.Mask(record.Details, providers.Find(record.Type)?.Descriptor.SecretDetails, record.Key),
            LastError = record.LastError,
            ErrorCount = record.ErrorCount,
            CreatedAt = Utc(record.CreatedAt),
            UpdatedAt = Utc(record.UpdatedAt),
            LastSyncedAt = Utc(record.LastSyncedAt),
            DeployedAt = Utc(record.DeployedAt),
            MessageCount = record.MessageCount,
            UserCount = record.UserCount,
        };
    }

    private CredentialHealth Check(StoredIntegration stored)
    {
        var record = stored.Record;
        var names = providers.Find(record.Type)?.Descriptor.SecretDetails ?? [];
        if (string.IsNullOrEmpty(record.AuthToken) && string.IsNullOrEmpty(record.RefreshToken) && !DetailsSealer.HasSecrets(record.Details, names))
            return CredentialHealth.None;
        return opener.TryOpen(stored, names, out _) ? CredentialHealth.Readable : CredentialHealth.Unreadable;
    }

    // Rows hold UTC; a database may give it back without saying so.
    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DateTimeOffset? Utc(DateTime? time) => time is { } t ? Utc(t) : null;
}
