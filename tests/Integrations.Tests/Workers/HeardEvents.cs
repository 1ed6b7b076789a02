using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>What the host was told.</summary>
internal sealed class HeardEvents : IIntegrationEvents
{
    private readonly ConcurrentQueue<IntegrationEvent> _events = new();

    /// <summary>Tells what the outbox holds, before the events are looked at: nothing does it in the background here.</summary>
    public Func<Task>? Drain { get; set; }

    public IReadOnlyList<IntegrationEvent> All
    {
        get
        {
            // In memory with listeners that do not wait, it ends at once.
            var drained = Drain?.Invoke() ?? Task.CompletedTask;
            Assert.True(drained.IsCompletedSuccessfully);
            return [.. _events];
        }
    }

    public int Count(IntegrationEventKind kind) => All.Count(e => e.Kind == kind);

    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        _events.Enqueue(integrationEvent);
        return Task.CompletedTask;
    }
}
