namespace MetaSandbox;

/// <summary>
/// Real time plus a shift, so that sixty days of a token or an hour of webhook retries pass in a moment. What waits for a time that the
/// shift passes is due at once.
/// </summary>
internal sealed class SandboxClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _shift, by.Ticks);
        ShiftedTimer[] timers;
        lock (_gate)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Hasten();
    }

    private void Forget(ShiftedTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly SandboxClock _clock;
        private readonly ITimer _real;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public ShiftedTimer(SandboxClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _real = System.CreateTimer(_ => Fire(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                (_due, _period) = (dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime, period);
                return _real.Change(dueTime, period);
            }
        }

        public void Hasten()
        {
            lock (_gate)
                if (_due is { } due)
                    _real.Change(due > _clock.GetUtcNow() ? due - _clock.GetUtcNow() : TimeSpan.Zero, _period);
        }

        public void Dispose()
        {
            _clock.Forget(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _clock.Forget(this);
            return _real.DisposeAsync();
        }

        private void Fire(TimerCallback callback, object? state)
        {
            lock (_gate)
                _due = _period > TimeSpan.Zero ? _clock.GetUtcNow() + _period : null;
            callback(state);
        }
    }
}
