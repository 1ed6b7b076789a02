using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>What the host was told.</summary>
internal sealed class HeardEvents : IIntegrationEvents
{
    private readonly ConcurrentQueue<IntegrationEvent> _events = new();

    public IReadOnlyList<IntegrationEvent> All => [.. _events];

    public int Count(IntegrationEventKind kind) => _events.Count(e => e.Kind == kind);

    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        _events.Enqueue(integrationEvent);
        return Task.CompletedTask;
    }
}
