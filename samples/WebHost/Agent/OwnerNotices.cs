using Integrations;

namespace WebHost.Agent;

/// <summary>Hears what happens to integrations. A real host would write to the owner; this one writes to the log.</summary>
internal sealed partial class OwnerNotices(ILogger<OwnerNotices> logger) : IIntegrationEvents
{
    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        var account = integrationEvent.AccountName is { } name ? $" \"{name}\"" : "";
        var reason = integrationEvent.Error is { } error ? $": {error}" : "";
        Tell(integrationEvent.Kind, integrationEvent.Type, account, reason);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 1, EventName = "OwnerNotice", Level = LogLevel.Information, Message = "{Kind}: {Type}{Account}{Reason}")]
    private partial void Tell(IntegrationEventKind kind, IntegrationType type, string account, string reason);
}
