using Xunit;

namespace Integrations.Testing;

/// <summary>
/// What an author of a store gives the conformance suites: the stores as two hosts on one database see them. One fixture is made
/// for each test class; its tests use clients of their own and run on what other tests left.
/// </summary>
/// <example>
/// <code>
/// public sealed class MyFixture : StoreFixture { … }
/// public sealed class MyIntegrationStoreTests(MyFixture fixture) : IntegrationStoreConformance&lt;MyFixture>(fixture);
/// public sealed class MyAuthorizationStoreTests(MyFixture fixture) : AuthorizationStoreConformance&lt;MyFixture>(fixture);
/// public sealed class MyContactStoreTests(MyFixture fixture) : ContactStoreConformance&lt;MyFixture>(fixture);
/// public sealed class MyMessageInboxTests(MyFixture fixture) : MessageInboxConformance&lt;MyFixture>(fixture);
/// public sealed class MyConversationStoreTests(MyFixture fixture) : ConversationStoreConformance&lt;MyFixture>(fixture);
/// public sealed class MyEventOutboxTests(MyFixture fixture) : EventOutboxConformance&lt;MyFixture>(fixture);
/// public sealed class MyDeletionStoreTests(MyFixture fixture) : DeletionStoreConformance&lt;MyFixture>(fixture);
/// public sealed class MyCoverageTests : StoreConformanceCoverage&lt;MyFixture>;
/// </code>
/// </example>
public abstract class StoreFixture : IAsyncLifetime
{
    /// <summary>The stores of one host.</summary>
    public abstract StoreSet Stores { get; }

    /// <summary>The stores of another host on the same database. A store that lives in one process returns the same.</summary>
    public abstract StoreSet OtherHost { get; }

    /// <summary>Why the suites cannot run here, for example because there is no server: they are skipped with it. Null to run them.</summary>
    public virtual string? SkipReason => null;

    /// <summary>
    /// Lets the clock that leases go by move on. The default waits, since nobody can turn a database's clock; a store on a
    /// <see cref="TimeProvider"/> advances that. Called with some milliseconds only.
    /// </summary>
    public virtual Task PassAsync(TimeSpan time, CancellationToken ct) => Task.Delay(time, ct);

    /// <summary>Prepares an empty database. Does nothing if <see cref="SkipReason"/> is set.</summary>
    public abstract ValueTask InitializeAsync();

    /// <summary>Gives it up.</summary>
    public abstract ValueTask DisposeAsync();
}
