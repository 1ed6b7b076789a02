namespace Integrations;

/// <summary>Opens a stored connection for one call to its platform.</summary>
internal sealed class ConnectionOpener(ISecretProtector protector, DetailsSealer details, IntegrationAddresses addresses)
{
    /// <summary>Opens it. False if a credential cannot be opened: that says nothing about the connection itself.</summary>
    public bool TryOpen(StoredIntegration stored, IntegrationDescriptor descriptor, out ConnectionContext context) =>
        TryOpen(stored, descriptor.SecretDetails, out context);

    /// <inheritdoc cref="TryOpen(StoredIntegration, IntegrationDescriptor, out ConnectionContext)"/>
    public bool TryOpen(StoredIntegration stored, IReadOnlyList<string> secretNames, out ConnectionContext context)
    {
        var (record, connection) = (stored.Record, stored.Connection);
        var readable = details.TryOpen(record.Details, secretNames, record.Key, out var opened);
        readable &= Open(record.AuthToken, record.Key, SecretFields.AuthToken, out var accessToken);
        readable &= Open(record.RefreshToken, record.Key, SecretFields.RefreshToken, out var refreshToken);
        context = new ConnectionContext
        {
            Key = record.Key,
            AccountId = connection.AccountId ?? string.Empty,
            AccountName = connection.AccountName,
            AuthorizedUserId = connection.AuthorizedUserId,
            AccessToken = accessToken,
            RefreshToken = refreshToken,
            WebhookUri = addresses.FindWebhook(record.Type),
            Details = opened,
        };
        return readable;
    }

    private bool Open(string? sealedText, IntegrationKey key, string field, out Secret secret)
    {
        secret = default;
        return string.IsNullOrEmpty(sealedText) || protector.TryUnprotect(sealedText, new SecretScope(key, field), out secret);
    }
}
