using System.Globalization;
using System.Threading.Channels;

namespace Integrations.Testing;

/// <summary>Posts batches, retries failed ones in virtual time, raises the alert and switches a Page's subscription off.</summary>
internal sealed class WebhookSender(MetaWorld world) : IAsyncDisposable
{
    private readonly Channel<WebhookBatch> _queue = Channel.CreateUnbounded<WebhookBatch>();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _workers = [];
    private int _pending;

    public List<WebhookDelivery> Deliveries { get; } = [];

    public List<string> Alerts { get; } = [];

    /// <summary>Nothing queued or under way. Retries that wait for the clock do not count.</summary>
    public bool IsIdle => Volatile.Read(ref _pending) == 0;

    public void Start()
    {
        for (var i = 0; i < world.Options.WebhookParallelism; i++)
            _workers.Add(Task.Run(WorkAsync));
    }

    public void Enqueue(WebhookBatch batch, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Interlocked.Increment(ref _pending);
            if (!_queue.Writer.TryWrite(batch))
                End(batch);
            return;
        }

        _ = LaterAsync(batch, delay);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _queue.Writer.TryComplete();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private async Task LaterAsync(WebhookBatch batch, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, world.Options.TimeProvider, _stop.Token);
            Enqueue(batch, TimeSpan.Zero);
        }
        catch (OperationCanceledException)
        {
            // The simulator stopped: what was still to come is lost, as with Meta when a callback disappears.
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var batch in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                try
                {
                    await PostAsync(batch);
                }
                finally
                {
                    End(batch);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            while (_queue.Reader.TryRead(out var left))
                End(left);
        }
    }

    /// <summary>Nothing more happens to a batch: nobody waits for an attempt that will not be made.</summary>
    private void End(WebhookBatch batch)
    {
        batch.First.TrySetResult(null);
        Interlocked.Decrement(ref _pending);
        world.Changed.Pulse();
    }

    private async Task PostAsync(WebhookBatch batch)
    {
        Uri callback;
        string secret;
        lock (world.Gate)
        {
            var switchedOff = batch.Attempts > 0 && batch.Sources.All(source => !source.IsSubscribed);
            if (switchedOff || batch.Leader.App is not { } subscription)
            {
                batch.First.TrySetResult(null);
                return;
            }

            batch.Attempts++;
            (callback, secret) = (subscription.Callback, batch.Leader.Secret);
        }

        var delivery = await AttemptAsync(batch, callback, secret);
        lock (world.Gate)
        {
            Deliveries.Add(delivery);
            foreach (var source in batch.Sources)
                Judge(source, batch.FirstAt, delivery.Succeeded);
        }

        batch.First.TrySetResult(delivery);
        if (!delivery.Succeeded && RetrySchedule.After(batch.Attempts) is { } offset)
            Enqueue(batch, batch.FirstAt + offset - world.Now);
    }

    private async Task<WebhookDelivery> AttemptAsync(WebhookBatch batch, Uri callback, string secret)
    {
        var (at, status, failure) = (world.Now, (int?)null, (string?)null);
        try
        {
            status = await world.Callbacks.PostWebhookAsync(callback, batch.Body, secret, _stop.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            failure = exception.GetType().Name;
        }

        return new WebhookDelivery
        {
            Batch = batch.Number,
            Attempt = batch.Attempts,
            At = at,
            Status = status,
            EventCount = batch.Events.Count,
            PageIds = [.. batch.Sources.Select(source => source.Id)],
            Body = batch.Text,
            Failure = failure,
        };
    }

    // Messenger: alert after 15 minutes of failures, the app is unsubscribed from the Page after one hour.
    private void Judge(EventSource source, DateTimeOffset since, bool succeeded)
    {
        if (succeeded)
        {
            source.FailingSince = null;
            source.Alerted = false;
            return;
        }

        source.FailingSince ??= since;
        var failing = world.Now - source.FailingSince.Value;
        if (failing >= RetrySchedule.AlertAfter && !source.Alerted)
        {
            source.Alerted = true;
            Alerts.Add(string.Create(CultureInfo.InvariantCulture, $"Webhooks of {source.Label} {source.Id} have been failing for {(int)failing.TotalMinutes} minutes"));
        }

        if (failing < RetrySchedule.SwitchOffAfter)
            return;
        source.Unsubscribe();
        Alerts.Add($"Webhooks disabled for {source.Label} {source.Id}");
    }
}
