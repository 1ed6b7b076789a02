using System.Collections.Immutable;

namespace Integrations;

/// <summary>Hints within this process: enough for one host.</summary>
internal sealed class InProcessBackplane : IWidgetBackplane
{
    private ImmutableList<Subscription> _subscriptions = [];

    public Task PublishAsync(WidgetHint hint, CancellationToken ct = default)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
            subscription.OnHint(hint);
        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(onHint);
        var subscription = new Subscription(this, onHint);
        ImmutableInterlocked.Update(ref _subscriptions, (list, added) => list.Add(added), subscription);
        return Task.FromResult<IAsyncDisposable>(subscription);
    }

    private sealed class Subscription(InProcessBackplane owner, Action<WidgetHint> onHint) : IAsyncDisposable
    {
        public Action<WidgetHint> OnHint { get; } = onHint;

        public ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref owner._subscriptions, (list, removed) => list.Remove(removed), this);
            return ValueTask.CompletedTask;
        }
    }
}
