using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Erases messages in bounded steps until there are none left to erase.</summary>
internal sealed class MessageEraser(IMessageInbox inbox, IConversationStore conversations, IEnumerable<IContactFiles> files, TimeProvider time, IOptions<IntegrationsOptions> options)
{
    /// <summary>Erases content of this age, and removes rows that are older by the dedupe window.</summary>
    public async Task<(long Erased, long Removed)> EraseAsync(IntegrationKey key, TimeSpan olderThan, CancellationToken ct)
    {
        var erased = await AllAsync(new MessageErasure { Key = key, SettledFor = olderThan }, ct);
        var removed = await AllAsync(
            new MessageErasure { Key = key, SettledFor = olderThan + options.Value.MessageDedupeWindow, RemoveRows = true }, ct);
        await EraseConversationsAsync(key, olderThan, ct); // the same messages once more: not counted
        foreach (var kept in files)
            await kept.EraseBeforeAsync(key, time.GetUtcNow() - olderThan, ct);
        return (erased, removed);
    }

    /// <summary>Erases the files of one contact, or of all.</summary>
    public async Task EraseFilesAsync(IntegrationKey key, string? contactId, CancellationToken ct)
    {
        foreach (var kept in files)
            await (contactId is null ? kept.EraseAllAsync(key, ct) : kept.EraseContactAsync(key, contactId, ct));
    }

    private async Task EraseConversationsAsync(IntegrationKey key, TimeSpan olderThan, CancellationToken ct)
    {
        const int Limit = 500;
        var before = time.GetUtcNow().UtcDateTime - olderThan;
        while (await conversations.EraseAsync(key, before, Limit, ct) >= Limit)
            ct.ThrowIfCancellationRequested();
    }

    public async Task<long> AllAsync(MessageErasure erasure, CancellationToken ct)
    {
        long total = 0;
        for (var erased = int.MaxValue; erased >= erasure.Limit; total += erased)
            erased = await inbox.EraseAsync(erasure, ct);
        return total;
    }
}
