using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Erases messages in bounded steps until there are none left to erase.</summary>
internal sealed class MessageEraser(IMessageInbox inbox, IOptions<IntegrationsOptions> options)
{
    /// <summary>Erases content of this age, and removes rows that are older by the dedupe window.</summary>
    public async Task<(long Erased, long Removed)> EraseAsync(IntegrationKey key, TimeSpan olderThan, CancellationToken ct)
    {
        var erased = await AllAsync(new MessageErasure { Key = key, SettledFor = olderThan }, ct);
        var removed = await AllAsync(
            new MessageErasure { Key = key, SettledFor = olderThan + options.Value.MessageDedupeWindow, RemoveRows = true }, ct);
        return (erased, removed);
    }

    public async Task<long> AllAsync(MessageErasure erasure, CancellationToken ct)
    {
        long total = 0;
        for (var erased = int.MaxValue; erased >= erasure.Limit; total += erased)
            erased = await inbox.EraseAsync(erasure, ct);
        return total;
    }
}
