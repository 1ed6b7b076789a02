namespace Integrations.AspNetCore;

/// <summary>
/// The live streams of this host. Hints of the backplane wake those of their conversation; a timer wakes each of them once in every
/// ping interval, spread evenly, also if all connected at once after a restart: thousands must not ask the database at the same
/// moment. Thread-safe.
/// </summary>
internal sealed class WidgetStreams : IDisposable
{
    /// <summary>A ping interval is this many ticks; a stream belongs to the one that had the fewest.</summary>
    private const int Slots = 15;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Integration, string Visitor), List<WidgetStream>> _byVisitor = [];
    private readonly HashSet<WidgetStream>[] _bySlot = [.. Enumerable.Range(0, Slots).Select(_ => new HashSet<WidgetStream>())];
    private readonly IWidgetBackplane _backplane;
    private readonly IntegrationsWidgetOptions _options;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private Task<IAsyncDisposable>? _subscription;
    private int _slot;
    private int _count;
    private bool _isDisposed;

    public WidgetStreams(IWidgetBackplane backplane, IntegrationsWidgetOptions options, TimeProvider time)
    {
        (_backplane, _options, _time) = (backplane, options, time);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Opens a stream. Null if the visitor, or this host, has as many as it may.</summary>
    public async Task<(WidgetStream? Stream, bool IsHostFull)> OpenAsync(Guid integrationId, string visitorId)
    {
        await SubscribeAsync();
        lock (_lock)
        {
            var key = (integrationId, visitorId);
            if (_count >= _options.MaxStreams || _isDisposed)
                return (null, true);
            if (!_byVisitor.TryGetValue(key, out var streams))
                _byVisitor.Add(key, streams = []);
            if (streams.Count >= _options.MaxStreamsPerVisitor)
                return (null, false);
            var slot = Enumerable.Range(0, Slots).MinBy(i => _bySlot[i].Count);
            var stream = new WidgetStream(this, key, slot);
            streams.Add(stream);
            _bySlot[slot].Add(stream);
            _count++;
            return (stream, false);
        }
    }

    public void Close(WidgetStream stream)
    {
        lock (_lock)
        {
            if (!_bySlot[stream.Slot].Remove(stream))
                return;
            _count--;
            if (_byVisitor.TryGetValue(stream.Key, out var streams) && streams.Remove(stream) && streams.Count == 0)
                _byVisitor.Remove(stream.Key);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _timer?.Dispose();
        if (_subscription is { IsCompletedSuccessfully: true } subscribed)
            _ = subscribed.Result.DisposeAsync().AsTask();
    }

    /// <summary>The first stream subscribes, for all.</summary>
    private Task<IAsyncDisposable> SubscribeAsync()
    {
        lock (_lock)
        {
            if (_subscription is { IsFaulted: false })
                return _subscription;
            var tick = _options.PingInterval / Slots;
            _timer ??= _time.CreateTimer(_ => Tick(), null, tick, tick);
            return _subscription = _backplane.SubscribeAsync(OnHint);
        }
    }

    private void OnHint(WidgetHint hint)
    {
        lock (_lock)
            if (_byVisitor.TryGetValue((hint.IntegrationId, hint.ContactId), out var streams))
                foreach (var stream in streams)
                    stream.Wake(hint.Kind);
    }

    private void Tick()
    {
        lock (_lock)
        {
            _slot = (_slot + 1) % Slots;
            foreach (var stream in _bySlot[_slot])
                stream.Wake(null);
        }
    }
}
