using System.Collections.Concurrent;
using Integrations.Backplane;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class HintQueueTests
{
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Of_hints_that_wait_for_a_stuck_server_the_oldest_are_dropped_and_the_rest_go_out_in_order()
    {
        var (stuck, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using (var queue = Queue(async hints =>
        {
            stuck.TrySetResult();
            await gate.Task;
            Tell(hints);
        }))
        {
            queue.Add(Hint(0));
            await stuck.Task;
            for (var i = 1; i <= 2_500; i++)
                queue.Add(Hint(i));
            gate.SetResult();
        }

        Assert.Equal([0, .. Enumerable.Range(1_501, 1_000)], Numbers);
    }

    [Fact]
    public async Task An_outage_is_told_once_and_so_is_its_end()
    {
        var (calls, answered) = (0, new SemaphoreSlim(0));
        await using (var queue = Queue(hints =>
        {
            answered.Release();
            if (++calls is 2 or 3 or 4)
                throw new InvalidOperationException("The server is gone.");
            Tell(hints);
            return Task.CompletedTask;
        }))
        {
            for (var i = 1; i <= 6; i++)
            {
                queue.Add(Hint(i));
                await answered.WaitAsync(Ct);
            }
        }

        Assert.Equal([1, 5, 6], Numbers);
        Assert.Equal(["The server is gone.", "again"], _log);
    }

    [Fact]
    public async Task A_host_that_stops_lets_the_last_hints_go_out()
    {
        var queue = Queue(async hints =>
        {
            await Task.Yield();
            Tell(hints);
        });
        for (var i = 0; i < 500; i++)
            queue.Add(Hint(i));

        await queue.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 500), Numbers);
        queue.Add(Hint(500)); // too late, and no harm
    }

    [Fact]
    public async Task A_host_that_stops_waits_a_second_for_a_stuck_server_and_no_longer()
    {
        var stuck = new TaskCompletionSource();
        var queue = Queue(_ =>
        {
            stuck.TrySetResult();
            return new TaskCompletionSource().Task; // does not heed its token either
        });
        queue.Add(Hint(0));
        await stuck.Task;

        var stopping = queue.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(EventTap.Patience, Ct);

        Assert.Empty(_log);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<int> Numbers => _told.Select(text => WidgetHint.TryDecode(text, out var hint) ? (int)hint.Sequence : -1);

    private HintQueue Queue(Func<string[], Task> publish) =>
        new((hints, _) => publish(hints), e => _log.Enqueue(e.Message), () => _log.Enqueue("again"), _time);

    private void Tell(string[] hints)
    {
        foreach (var hint in hints)
            _told.Enqueue(hint);
    }

    private static WidgetHint Hint(long number) =>
        new() { IntegrationId = Guid.Empty, ContactId = "ann", Kind = WidgetHintKind.Message, Sequence = number };
}
