using Integrations.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests.InMemory;

/// <summary>One process is all hosts there are: both see the same stores, and their clock is turned instead of waited for.</summary>
public sealed class InMemoryFixture : StoreFixture
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public InMemoryFixture()
    {
        var integrations = new InMemoryIntegrationStore(_time, NullLogger<InMemoryIntegrationStore>.Instance);
        Stores = new StoreSet
        {
            Integrations = integrations,
            Authorizations = new InMemoryAuthorizationStore(),
            Contacts = new InMemoryContactStore(integrations),
            Events = integrations,
            Deletions = new InMemoryDeletionStore(_time),
            Inbox = new InMemoryMessageInbox(_time, integrations),
            Conversations = new InMemoryConversationStore(integrations),
        };
    }

    public override StoreSet Stores { get; }

    public override StoreSet OtherHost => Stores;

    public override Task PassAsync(TimeSpan time, CancellationToken ct)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class InMemoryIntegrationConformance(InMemoryFixture fixture) : IntegrationStoreConformance<InMemoryFixture>(fixture);

public sealed class InMemoryAuthorizationConformance(InMemoryFixture fixture) : AuthorizationStoreConformance<InMemoryFixture>(fixture);

public sealed class InMemoryContactConformance(InMemoryFixture fixture) : ContactStoreConformance<InMemoryFixture>(fixture);

public sealed class InMemoryInboxConformance(InMemoryFixture fixture) : MessageInboxConformance<InMemoryFixture>(fixture);

public sealed class InMemoryConversationConformance(InMemoryFixture fixture) : ConversationStoreConformance<InMemoryFixture>(fixture);
public sealed class InMemoryDeletionConformance(InMemoryFixture fixture) : DeletionStoreConformance<InMemoryFixture>(fixture);

public sealed class InMemoryEventConformance(InMemoryFixture fixture) : EventOutboxConformance<InMemoryFixture>(fixture);

public sealed class InMemoryConformanceCoverage : StoreConformanceCoverage<InMemoryFixture>;
