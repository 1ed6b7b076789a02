using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Integrations.AspNetCore.Tests;

public sealed class HealthCheckTests
{
    private readonly IIntegrationHealth _health = Substitute.For<IIntegrationHealth>();

    [Fact]
    public async Task A_working_host_is_healthy_and_the_check_is_tagged()
    {
        Answer();
        var entry = await CheckAsync(tags: ["ready"]);
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["integrations", "ready"], entry.Tags.Order());
        Assert.Equal(7, entry.Data["connections.Connected"]);
    }

    [Fact]
    public async Task Each_trouble_degrades_and_is_named()
    {
        Answer(lost: 2, overdue: 5, workers: false);
        var entry = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        foreach (var part in (string[])["workers of this host have stopped", "5 tokens have been due", "2 connections wait"])
            Assert.Contains(part, entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_many_clients_allows_some_lost_connections()
    {
        Answer(lost: 2);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(o => o.MaxReconnectRequired = 2)).Status);
        Answer(lost: 3);
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(o => o.MaxReconnectRequired = 2)).Status);
    }

    [Fact]
    public async Task A_host_that_has_no_workers_by_its_settings_is_healthy()
    {
        Answer(workers: null);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task An_unreachable_database_is_unhealthy_and_its_text_is_not_repeated()
    {
        _health.ReadAsync(default, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new TimeoutException("Host=db.internal;Password=x"));
        var entry = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.DoesNotContain("db.internal", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_never_answers_is_unhealthy_after_its_time()
    {
        _health.ReadAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new TaskCompletionSource<IntegrationHealthReport>().Task);
        var entry = await CheckAsync(o => o.Timeout = TimeSpan.FromMilliseconds(1));
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("did not answer", entry.Description, StringComparison.Ordinal);
    }

    private void Answer(int lost = 0, int overdue = 0, bool? workers = true) =>
        _health.ReadAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new IntegrationHealthReport
        {
            Connections = new Dictionary<ConnectionState, int> { [ConnectionState.Connected] = 7, [ConnectionState.ReconnectRequired] = lost },
            OverdueRefreshes = overdue,
            WorkersRun = workers,
        });

    private async Task<HealthReportEntry> CheckAsync(Action<IntegrationsHealthOptions>? configure = null, params string[] tags)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(_health);
        services.AddHealthChecks().AddIntegrations(configure, null, tags);
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Tags.Contains("integrations"), TestContext.Current.CancellationToken);
        return Assert.Single(report.Entries).Value;
    }
}
