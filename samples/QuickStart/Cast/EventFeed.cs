using System.Threading.Channels;
using Integrations;

namespace QuickStart.Cast;

/// <summary>The host's listener. A real host would mail the owner; this one lets the story wait for what it was told.</summary>
internal sealed class EventFeed : IIntegrationEvents
{
    private readonly Channel<IntegrationEvent> _events = Channel.CreateUnbounded<IntegrationEvent>();

    public async Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default) =>
        await _events.Writer.WriteAsync(integrationEvent, ct);

    /// <summary>Completes with the next event of a kind; others before it are passed over.</summary>
    public async Task<IntegrationEvent> NextAsync(IntegrationEventKind kind, CancellationToken ct)
    {
        while (true)
            if (await _events.Reader.ReadAsync(ct) is { } told && told.Kind == kind)
                return told;
    }
}
