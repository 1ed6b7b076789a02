using Integrations;

namespace WebHost.Agent;

/// <summary>Hears what happens to integrations. A real host would write to the owner; this one writes to the log.</summary>
internal sealed partial class OwnerNotices(ILogger<OwnerNotices> logger) : IIntegrationEvents
{
    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        Tell(integrationEvent.Kind, integrationEvent.Type, integrationEvent.AccountName, integrationEvent.Error);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 1, EventName = "OwnerNotice", Level = LogLevel.Information, Message = "{Kind}: {Type} {Account} {Error}")]
    private partial void Tell(IntegrationEventKind kind, IntegrationType type, string? account, ProviderError? error);
}
