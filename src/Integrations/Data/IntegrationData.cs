using Microsoft.Extensions.Logging;

namespace Integrations;

/// <inheritdoc cref="IIntegrationData"/>
internal sealed class IntegrationData(
    IIntegrationStore store, IContactStore contacts, IDeletionStore deletions, IConversationStore conversations, IEventOutbox events, MessageEraser eraser, Disconnector disconnector, ClientExport export, ILogger<IntegrationData> logger)
    : IIntegrationData
{
    public async Task<long> EraseMessagesAsync(IntegrationKey key, TimeSpan olderThan, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        return (await eraser.EraseAsync(key, olderThan, ct)).Erased;
    }

    public async Task<long> EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contactId);
        // Messages first, so that none is handled any more, and once more for what a handler under way wrote meanwhile.
        var erasure = new MessageErasure { Key = key, ContactId = contactId };
        var erased = await eraser.AllAsync(erasure, ct);
        await conversations.RemoveAsync(key, contactId, ct);
        await eraser.EraseFilesAsync(key, contactId, ct);
        await contacts.RemoveAsync(key, contactId, ct);
        erased += await eraser.AllAsync(erasure, ct);
        await events.EraseContactAsync(key, contactId, ct);
        MaintenanceLog.ContactErased(logger, key.IntegrationId, erased);
        return erased;
    }

    public async Task<ProviderResult> RemoveIntegrationAsync(IntegrationKey key, CancellationToken ct = default)
    {
        var stored = await store.FindAsync(key, ct) ?? throw ChannelSwitch.NotFound(key);
        var result = await disconnector.DisconnectAsync(key, ct);
        await eraser.AllAsync(new MessageErasure { Key = key, RemoveRows = true }, ct);
        await eraser.EraseFilesAsync(key, null, ct);
        await store.RemoveAsync(key, ct);
        MaintenanceLog.Removed(logger, stored.Record.Type, key.IntegrationId);
        return result;
    }

    public Task ExportAsync(Guid clientId, Stream output, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return export.WriteAsync(clientId, output, ct);
    }

    public async Task<IReadOnlyList<DeletionStatus>> ListDeletionsAsync(Guid? before = null, int limit = 100, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        return [.. (await deletions.ListAsync(before, limit, ct)).Select(DeletionRequests.Show)];
    }
}
