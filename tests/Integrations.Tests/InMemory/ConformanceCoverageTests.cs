using Integrations.Testing;
using Xunit.Sdk;

namespace Integrations.Tests.InMemory;

/// <summary>The check that no suite was left out is able to fail.</summary>
public sealed class ConformanceCoverageTests
{
    [Fact]
    public void A_fixture_without_its_suites_is_found_out() =>
        Assert.Throws<AllException>(() => new CoverageOfNothing().Every_store_suite_is_run());

    /// <summary>Two hidden suites: a runner does not find them, so they do not count.</summary>
    [Fact]
    public void A_suite_that_no_runner_finds_does_not_count()
    {
        var failure = Assert.Throws<AllException>(() => new CoverageOfHidden().Every_store_suite_is_run());
        Assert.Contains("7 out of 7", failure.Message, StringComparison.Ordinal);
    }

#pragma warning disable xUnit1000, CA1812 // Not to be run, and not to be made.
    private sealed class CoverageOfNothing : StoreConformanceCoverage<FixtureOfNobody>;

    private sealed class CoverageOfHidden : StoreConformanceCoverage<FixtureOfHidden>;

    private sealed class HiddenContacts(FixtureOfHidden fixture) : ContactStoreConformance<FixtureOfHidden>(fixture);

    private sealed class HiddenInbox(FixtureOfHidden fixture) : MessageInboxConformance<FixtureOfHidden>(fixture);

    private abstract class FixtureOfNobody : StoreFixture;

    private abstract class FixtureOfHidden : StoreFixture;
#pragma warning restore xUnit1000, CA1812
}
