namespace Integrations.Testing;

/// <summary>Turns events into POSTs: holds, batches, duplicates, delays. <see cref="WebhookSender"/> posts and retries them.</summary>
internal sealed class WebhookPump : IAsyncDisposable
{
    private readonly MetaWorld _world;
    private readonly WebhookSender _sender;
    private readonly List<PendingEvent> _held = [];
    private int _batches;
    private int _reserved;

    public WebhookPump(MetaWorld world)
    {
        _world = world;
        _sender = new WebhookSender(world);
    }

    public bool Holding { get; set; }

    public TimeSpan Delay { get; set; }

    public int ExtraCopies { get; set; }

    public List<WebhookDelivery> Deliveries => _sender.Deliveries;

    public List<string> Alerts => _sender.Alerts;

    public bool IsIdle => Volatile.Read(ref _reserved) == 0 && _sender.IsIdle;

    public void Start() => _sender.Start();

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    /// <summary>Completes with the first attempt; null when the event is held, delayed or unwanted.</summary>
    public Task<WebhookDelivery?> EnqueueAsync(PendingEvent item, CancellationToken ct)
    {
        lock (_world.Gate)
        {
            if (item.Source.Obstacle(item.Field) is not null)
                return Task.FromResult<WebhookDelivery?>(null);
            if (Holding)
            {
                _held.Add(item);
                return Task.FromResult<WebhookDelivery?>(null);
            }
        }

        return SendAsync([item], ct);
    }

    /// <summary>Counts the event as pending now and enqueues it when the returned action runs.</summary>
    public Action Reserve(PendingEvent item)
    {
        Interlocked.Increment(ref _reserved);
        return () =>
        {
            _ = EnqueueAsync(item, CancellationToken.None);
            Interlocked.Decrement(ref _reserved);
            _world.Changed.Pulse();
        };
    }

    public async Task<IReadOnlyList<WebhookDelivery>> ReleaseAsync(int eventsPerPost, bool reversed, CancellationToken ct)
    {
        List<PendingEvent> events;
        lock (_world.Gate)
        {
            Holding = false;
            events = [.. _held];
            _held.Clear();
        }

        if (reversed)
            events.Reverse();
        // One body has one object and one signature.
        List<Task<WebhookDelivery?>> sends;
        lock (_world.Gate)
        {
            var bodies = events.GroupBy(item => (item.Source.Object, item.Source.Secret)).SelectMany(group => group.Chunk(eventsPerPost));
            sends = [.. bodies.Select(chunk => SendAsync(chunk, ct))];
        }

        return [.. (await Task.WhenAll(sends)).OfType<WebhookDelivery>()];
    }

    private async Task<WebhookDelivery?> SendAsync(IReadOnlyList<PendingEvent> events, CancellationToken ct)
    {
        WebhookBatch batch;
        TimeSpan delay;
        lock (_world.Gate)
        {
            batch = new WebhookBatch(++_batches, events, _world.Now);
            delay = Delay;
            for (; ExtraCopies > 0; ExtraCopies--)
                _sender.Enqueue(new WebhookBatch(batch.Number, events, batch.FirstAt), delay);
            _sender.Enqueue(batch, delay);
        }

        return delay > TimeSpan.Zero ? null : await batch.First.Task.WaitAsync(ct);
    }
}
