namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>The system's clock, whose timers can be held back for a while.</summary>
internal sealed class HeldClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<HeldTimer> _held = [];
    private TaskCompletionSource? _enough;
    private int _wanted;

    /// <summary>Holds every timer from now on back, and completes when there are so many.</summary>
    public Task HoldAsync(int timers, CancellationToken ct)
    {
        lock (_gate)
        {
            (_wanted, _enough) = (timers, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _enough.Task.WaitAsync(ct);
        }
    }

    /// <summary>Lets all of them fire.</summary>
    public void Release()
    {
        List<HeldTimer> held;
        lock (_gate)
        {
            _enough = null;
            held = [.. _held];
            _held.Clear();
        }

        foreach (var timer in held)
            timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_enough is null)
                return System.CreateTimer(callback, state, dueTime, period);
            var timer = new HeldTimer(callback, state);
            _held.Add(timer);
            if (_held.Count >= _wanted)
                _enough.TrySetResult();
            return timer;
        }
    }

    private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _isDisposed;

        public void Fire()
        {
            if (!_isDisposed)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
