namespace Integrations;

/// <summary>Opens the connection that a webhook call claims to be for, where a platform proves its calls with a secret of each account.</summary>
internal sealed class WebhookAccounts(IIntegrationStore store, ConnectionOpener opener)
{
    /// <summary>
    /// The same call with the connection of its account. Without one if it names none, or one that is not connected here: the
    /// provider then has nothing to verify it with.
    /// </summary>
    /// <exception cref="IntegrationException">The stored credentials cannot be opened: nothing can be said about the call, so the platform must send it again.</exception>
    public async Task<WebhookRequest> OpenAsync(IIntegrationProvider provider, IWebhookAccountReader reader, WebhookRequest request, CancellationToken ct)
    {
        var descriptor = provider.Descriptor;
        // Anybody can call: PostgreSQL refuses a text with NUL, and that is no reason to tell the caller to come again.
        if (reader.ReadAccountId(request) is not { Length: > 0 } account
            || account.Contains('\0', StringComparison.Ordinal)
            || await store.FindOwnersAsync(descriptor.Type, [account], ct) is not [var owner, ..]
            || await store.FindAsync(owner.Key, ct) is not { } stored
            || stored.Connection.AccountId != account)
            return request;
        if (!opener.TryOpen(stored, descriptor, out var connection))
            throw new IntegrationException(IntegrationErrorKind.CredentialsUnreadable, Refusal.CredentialsUnreadable.SafeMessage!)
            {
                Type = descriptor.Type,
                IntegrationId = owner.Key.IntegrationId,
            };
        return new WebhookRequest
        {
            Method = request.Method,
            PublicUri = request.PublicUri,
            Headers = request.Headers,
            Query = request.Query,
            QueryString = request.QueryString,
            Body = request.Body,
            Connection = connection,
        };
    }

    /// <summary>The one account whose secret a call was verified with, and its owner: nothing in the call may speak for another.</summary>
    public static IReadOnlyDictionary<string, IntegrationKey> OwnerIn(IntegrationType type, WebhookRequest request, WebhookResult result) =>
        request.Connection is { } connection && (result.Type ?? type) == type
            ? new Dictionary<string, IntegrationKey>(1, StringComparer.Ordinal) { [connection.AccountId] = connection.Key }
            : new Dictionary<string, IntegrationKey>(0);
}
