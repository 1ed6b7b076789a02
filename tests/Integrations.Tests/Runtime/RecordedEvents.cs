using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>A host's listener that remembers.</summary>
internal sealed class RecordedEvents : IIntegrationEvents, IAgentStatusSink
{
    private readonly ConcurrentQueue<IntegrationEvent> _events = new();
    private readonly ConcurrentQueue<(Guid ClientId, Guid ChatId)> _live = new();

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

    public IReadOnlyList<IntegrationEventKind> Kinds => [.. All.Select(e => e.Kind)];

    public IReadOnlyList<(Guid ClientId, Guid ChatId)> LiveAgents => [.. _live];

    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        _events.Enqueue(integrationEvent);
        return Task.CompletedTask;
    }

    public Task AgentIsLiveAsync(Guid clientId, Guid chatId, CancellationToken ct = default)
    {
        _live.Enqueue((clientId, chatId));
        return Task.CompletedTask;
    }
}
