using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>A host's listener that remembers.</summary>
internal sealed class RecordedEvents : IIntegrationEvents, IAgentStatusSink
{
    private readonly ConcurrentQueue<IntegrationEvent> _events = new();
    private readonly ConcurrentQueue<(Guid ClientId, Guid ChatId)> _live = new();

    public IReadOnlyList<IntegrationEvent> All => [.. _events];

    public IReadOnlyList<IntegrationEventKind> Kinds => [.. _events.Select(e => e.Kind)];

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
