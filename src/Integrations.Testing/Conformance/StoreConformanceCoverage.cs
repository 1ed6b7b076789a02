using Xunit;

namespace Integrations.Testing;

/// <summary>Fails if the assembly of the deriving class leaves a store suite out.</summary>
public abstract class StoreConformanceCoverage<TFixture>
    where TFixture : StoreFixture
{
    private static readonly Type[] Suites =
    [
        typeof(IntegrationStoreConformance<TFixture>), typeof(AuthorizationStoreConformance<TFixture>),
        typeof(ContactStoreConformance<TFixture>), typeof(MessageInboxConformance<TFixture>),
        typeof(ConversationStoreConformance<TFixture>), typeof(EventOutboxConformance<TFixture>),
        typeof(DeletionStoreConformance<TFixture>),
    ];

    /// <summary>Each suite has a public class, which a test runner finds, that derives from it with this fixture.</summary>
    [Fact]
    public void Every_store_suite_is_run()
    {
        var classes = GetType().Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsVisible: true }).ToList();
        Assert.All(Suites, suite => Assert.Contains(classes, suite.IsAssignableFrom));
    }
}
