using System.Runtime.InteropServices;

namespace Integrations;

/// <summary>
/// The inbox of a host without a store package: correct, and gone after a restart. Of settled messages the latest
/// <see cref="MaxSettled"/> are remembered.
/// </summary>
internal sealed partial class InMemoryMessageInbox : IMessageInbox
{
    /// <summary>How many done and skipped messages are remembered.</summary>
    internal const int MaxSettled = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, InMemoryMessage> _messages = [];
    private readonly Dictionary<(Guid IntegrationId, string DedupeKey), InMemoryMessage> _byDedupeKey = [];
    private readonly Dictionary<(Guid IntegrationId, string PlatformId), InMemoryMessage> _byPlatformId = [];
    private readonly Dictionary<string, InMemoryLane> _lanes = []; // those with pending messages or a lease
    private readonly Queue<InMemoryMessage> _settled = [];
    private readonly TimeProvider _time;
    private readonly IInMemoryCounters _counters;
    private long _sequence;
    private long _token;

    public InMemoryMessageInbox(TimeProvider time, IInMemoryCounters counters)
    {
        (_time, _counters) = (time, counters);
        counters.OnRemoved(RemoveAll);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var outcomes = new AcceptOutcome[messages.Count];
        lock (_lock)
        {
            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = Add(messages[i]) ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate;
        }

        return Task.FromResult<IReadOnlyList<AcceptOutcome>>(outcomes);
    }

    public Task<IReadOnlyList<LaneLease>> LeaseLanesAsync(LaneLeaseRequest request, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var leases = new List<LaneLease>();
        lock (_lock)
        {
            var now = Now;
            foreach (var lane in _lanes.Values
                .Where(l => l.First is not null && l.IsFree(now))
                .OrderBy(l => l.First!.Sequence)
                .Take(request.MaxLanes))
            {
                lane.Token = ++_token;
                lane.LeasedUntil = now + request.Lease;
                leases.Add(new LaneLease
                {
                    Lane = lane.Name,
                    Token = lane.Token,
                    Messages = lane.Oldest(request.MaxMessagesPerLane).ConvertAll(m => m.ToStored()),
                });
            }
        }

        return Task.FromResult<IReadOnlyList<LaneLease>>(leases);
    }

    public Task<IReadOnlyList<LaneLease>> RenewAsync(IReadOnlyList<LaneLease> leases, TimeSpan lease, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var held = new List<LaneLease>(leases.Count);
        lock (_lock)
        {
            foreach (var candidate in leases)
            {
                if (Held(candidate) is not { } lane)
                    continue;
                lane.LeasedUntil = Now + lease;
                held.Add(candidate);
            }
        }

        return Task.FromResult<IReadOnlyList<LaneLease>>(held);
    }

    public Task<bool> MarkSendingAsync(LaneLease lease, Guid messageId, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Held(lease) is null || Pending(lease, messageId) is not { } message)
                return Task.FromResult(false);
            message.SendingSince = Now;
            return Task.FromResult(true);
        }
    }

    public Task<bool> SettleAsync(LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Held(lease) is not { } lane)
                return Task.FromResult(false);
            foreach (var settlement in settlements)
                if (Pending(lease, settlement.MessageId) is { } message)
                    Settle(lane, message, settlement);
            return Task.FromResult(true);
        }
    }

    public Task ReleaseAsync(LaneLease lease, TimeSpan? pause, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Held(lease) is { } lane)
            {
                lane.LeasedUntil = null;
                lane.NotBefore = Now + (pause ?? TimeSpan.Zero);
                if (lane.First is null)
                    _lanes.Remove(lane.Name);
            }
        }

        return Task.CompletedTask;
    }

    public Task WakeAsync(IntegrationKey key, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var lane in _lanes.Values)
                if (lane.LeasedUntil is null && lane.First?.Key == key)
                    lane.NotBefore = Now;
        }

        return Task.CompletedTask;
    }

    public Task<bool> ConfirmSentAsync(IntegrationKey key, Guid? messageId, string? platformMessageId, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (FindSent(key, messageId, platformMessageId) is not { } message)
                return Task.FromResult(false);
            SetPlatformId(message, platformMessageId);
            // Also one whose send has left and is not settled, and one given up for want of this echo.
            if (message.SendingSince is not null)
            {
                if (message.State == MessageState.Pending)
                    Lane(message.Lane).Remove(message);
                Finish(message, MessageState.Done, error: null, counts: true);
            }

            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<StoredMessage>> ExpireUnknownAsync(
        TimeSpan olderThan, string error, int max, Func<StoredMessage, NewEvent>? makeEvent = null, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var limit = Now - olderThan;
            var expired = _messages.Values
                .Where(m => m.State == MessageState.Unknown && m.SendingSince <= limit)
                .OrderBy(m => m.Sequence).Take(max).ToList();
            foreach (var message in expired)
            {
                Finish(message, MessageState.Failed, error, counts: false, isGivenUp: true);
                _counters.Append(message.Key, makeEvent?.Invoke(message.ToStored()));
            }

            return Task.FromResult<IReadOnlyList<StoredMessage>>([.. expired.Select(m => m.ToStored())]);
        }
    }

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageQuery query, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StoredMessage>>([.. _messages.Values
                .Where(m => m.Key == query.Key
                    && (query.State is null || m.State == query.State)
                    && (query.ContactId is null || m.ContactId == query.ContactId)
                    && (query.Before is null || m.Id.CompareTo(query.Before.Value) < 0))
                .OrderByDescending(m => m.Id).Take(query.Limit).Select(m => m.ToStored())]);
        }
    }

    public Task<bool> RequeueAsync(IntegrationKey key, Guid messageId, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_messages.TryGetValue(messageId, out var message) || message.Key != key || message.State != MessageState.Failed || message.IsErased)
                return Task.FromResult(false);
            (message.State, message.Attempts, message.SendingSince, message.SettledAt) = (MessageState.Pending, 0, null, null);
            var lane = Lane(message.Lane);
            lane.NotBefore = default;
            lane.Add(message);
            return Task.FromResult(true);
        }
    }

    private bool Add(NewMessage message)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byDedupeKey, (message.Key.IntegrationId, message.DedupeKey), out var exists);
        if (exists)
            return false;
        var lane = Lane(message.Lane);
        known = new InMemoryMessage(message, lane, ++_sequence);
        _messages.Add(message.Id, known);
        lane.Add(known);
        return true;
    }

    private void Settle(InMemoryLane lane, InMemoryMessage message, MessageSettlement settlement)
    {
        SetPlatformId(message, settlement.PlatformMessageId);
        if (settlement.State == MessageState.Pending)
        {
            message.Attempts++;
            message.SendingSince = null;
            message.LastError = settlement.Error;
        }
        else
        {
            lane.Remove(message);
            Finish(message, settlement.State, settlement.Error, settlement.Counts);
            _counters.Append(message.Key, settlement.Event);
        }

        foreach (var followUp in settlement.FollowUps)
            Add(followUp);
    }

    private void Finish(InMemoryMessage message, MessageState state, string? error, bool counts, bool isGivenUp = false)
    {
        var now = Now;
        (message.State, message.LastError, message.SettledAt) = (state, error, now);
        if (state == MessageState.Unknown)
            message.SendingSince ??= now;
        else if (!isGivenUp)
            message.SendingSince = null;
        if (counts)
            _counters.Count(message.Key, messages: 1, users: 0, now);
        if (state is MessageState.Done or MessageState.Skipped)
            Remember(message);
    }

    private void Remember(InMemoryMessage message)
    {
        _settled.Enqueue(message);
        if (_settled.Count <= MaxSettled)
            return;
        Forget(_settled.Dequeue());
    }

    private void SetPlatformId(InMemoryMessage message, string? platformMessageId)
    {
        if (platformMessageId is null || message.PlatformMessageId is not null)
            return;
        message.PlatformMessageId = platformMessageId;
        _byPlatformId.TryAdd((message.Key.IntegrationId, platformMessageId), message);
    }

    private InMemoryMessage? FindSent(IntegrationKey key, Guid? messageId, string? platformMessageId)
    {
        InMemoryMessage? message = null;
        if (messageId is { } id)
            _messages.TryGetValue(id, out message);
        if (message is null && platformMessageId is not null)
            _byPlatformId.TryGetValue((key.IntegrationId, platformMessageId), out message);
        return message is not null && message.Key == key && message.Direction == MessageDirection.Outbound ? message : null;
    }

    private InMemoryLane? Held(LaneLease lease) =>
        _lanes.TryGetValue(lease.Lane, out var lane) && lane.Token == lease.Token && lane.LeasedUntil is not null ? lane : null;

    /// <summary>A lease is a right to the messages of its lane only.</summary>
    private InMemoryMessage? Pending(LaneLease lease, Guid id) =>
        _messages.TryGetValue(id, out var message) && message.State == MessageState.Pending && message.Lane == lease.Lane ? message : null;

    private InMemoryLane Lane(string name)
    {
        if (!_lanes.TryGetValue(name, out var lane))
            _lanes.Add(name, lane = new InMemoryLane(name));
        return lane;
    }
}
