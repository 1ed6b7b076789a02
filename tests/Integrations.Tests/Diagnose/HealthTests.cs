namespace Integrations.Tests.Diagnose;

public sealed class HealthTests
{
    [Fact]
    public async Task Connections_are_counted_by_state_and_the_count_is_told_for_half_a_minute()
    {
        await using var clinic = await Clinic.OpenAsync();
        var health = clinic.Host.Get<IIntegrationHealth>();
        Assert.Equal(1, (await ReadAsync()).Count(ConnectionState.Connected));
        await clinic.Host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.ReconnectRequired, At = clinic.Host.Now }, Host.Ct);
        Assert.Equal(0, (await ReadAsync()).Count(ConnectionState.ReconnectRequired));
        clinic.Host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((1, 0), ((await ReadAsync()).Count(ConnectionState.ReconnectRequired), (await ReadAsync()).Count(ConnectionState.Connected)));

        Task<IntegrationHealthReport> ReadAsync() => health.ReadAsync(TimeSpan.FromMinutes(15), Host.Ct);
    }

    [Fact]
    public async Task A_refresh_is_overdue_after_the_time_that_is_asked_for()
    {
        await using var clinic = await Clinic.OpenAsync(); // due in 45 minutes
        var health = clinic.Host.Get<IIntegrationHealth>();
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(0, (await health.ReadAsync(TimeSpan.FromMinutes(15), Host.Ct)).OverdueRefreshes);
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(1, (await health.ReadAsync(TimeSpan.FromMinutes(15), Host.Ct)).OverdueRefreshes);
    }

    [Fact]
    public async Task Workers_that_were_never_started_do_not_run()
    {
        await using var clinic = await Clinic.OpenAsync();
        Assert.False((await clinic.Host.Get<IIntegrationHealth>().ReadAsync(TimeSpan.FromMinutes(15), Host.Ct)).WorkersRun);
    }

    [Fact]
    public async Task A_host_without_workers_is_not_blamed_for_having_none()
    {
        await using var clinic = await Clinic.OpenAsync(configure: o => o.RunWorkers = false);
        Assert.Null((await clinic.Host.Get<IIntegrationHealth>().ReadAsync(TimeSpan.FromMinutes(15), Host.Ct)).WorkersRun);
    }
}
