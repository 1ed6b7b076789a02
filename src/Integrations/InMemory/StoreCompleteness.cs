using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Says at start if a store package left some of the stores in memory: what they keep would be gone after a restart, and nobody would know.</summary>
internal sealed class StoreCompleteness(
    IIntegrationStore integrations, IAuthorizationStore authorizations, IContactStore contacts, IMessageInbox inbox, IConversationStore conversations,
    IEventOutbox events, IDeletionStore deletions, ILogger<StoreCompleteness> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (integrations is InMemoryIntegrationStore)
            return Task.CompletedTask; // said by that store itself
        (string Name, bool IsForgotten)[] others =
        [
            (nameof(IAuthorizationStore), authorizations is InMemoryAuthorizationStore),
            (nameof(IContactStore), contacts is InMemoryContactStore),
            (nameof(IMessageInbox), inbox is InMemoryMessageInbox),
            (nameof(IConversationStore), conversations is InMemoryConversationStore),
            (nameof(IEventOutbox), events is InMemoryIntegrationStore),
            (nameof(IDeletionStore), deletions is InMemoryDeletionStore),
        ];
        var forgotten = string.Join(", ", others.Where(o => o.IsForgotten).Select(o => o.Name));
        if (forgotten.Length > 0)
            InMemoryLog.PartOfStoreIsVolatile(logger, forgotten, integrations.GetType().Name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
