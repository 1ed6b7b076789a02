using System.Runtime.InteropServices;

namespace Integrations.Benchmarks.Accept;

/// <summary>
/// An inbox that recognises what it has and forgets the oldest: memory stays as it is in a host whose workers keep up, however
/// long a round lasts. What the runtime's own in-memory inbox adds by keeping everything is measured apart.
/// </summary>
internal sealed class RecyclingInbox : IMessageInbox
{
    private const int Capacity = 8_192;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<string>> _known = [];
    private readonly NewMessage?[] _ring = new NewMessage?[Capacity];
    private long _count;

    public Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct = default)
    {
        var outcomes = new AcceptOutcome[messages.Count];
        lock (_lock)
        {
            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = Add(messages[i]) ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate;
        }
        return Task.FromResult<IReadOnlyList<AcceptOutcome>>(outcomes);
    }

    public Task<IReadOnlyList<LaneLease>> LeaseLanesAsync(LaneLeaseRequest request, CancellationToken ct = default) => throw Unused();

    public Task<IReadOnlyList<LaneLease>> RenewAsync(IReadOnlyList<LaneLease> leases, TimeSpan lease, CancellationToken ct = default) => throw Unused();

    public Task<bool> MarkSendingAsync(LaneLease lease, Guid messageId, CancellationToken ct = default) => throw Unused();

    public Task<bool> SettleAsync(LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct = default) => throw Unused();

    public Task ReleaseAsync(LaneLease lease, TimeSpan? pause, CancellationToken ct = default) => throw Unused();

    public Task WakeAsync(IntegrationKey key, CancellationToken ct = default) => throw Unused();

    public Task<bool> ConfirmSentAsync(IntegrationKey key, Guid? messageId, string? platformMessageId, CancellationToken ct = default) => throw Unused();

    public Task<IReadOnlyList<StoredMessage>> ExpireUnknownAsync(
        TimeSpan olderThan, string error, int max, Func<StoredMessage, NewEvent>? makeEvent = null, CancellationToken ct = default) => throw Unused();

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageQuery query, CancellationToken ct = default) => throw Unused();

    public Task<int> EraseAsync(MessageErasure erasure, CancellationToken ct = default) => throw Unused();

    public Task<bool> RequeueAsync(IntegrationKey key, Guid messageId, CancellationToken ct = default) => throw Unused();

    private bool Add(NewMessage message)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, message.Key.IntegrationId, out _);
        if (!(known ??= new HashSet<string>(Capacity)).Add(message.DedupeKey))
            return false;
        ref var slot = ref _ring[_count++ % Capacity];
        if (slot is { } oldest)
            _known[oldest.Key.IntegrationId].Remove(oldest.DedupeKey);
        slot = message;
        return true;
    }

    private static NotSupportedException Unused() => new("The benchmark's workers are off.");
}
