namespace Integrations.Tests.Diagnose;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task A_lost_subscription_is_restored_once_and_a_present_one_is_left_alone()
    {
        await using var clinic = await Clinic.OpenAsync();
        Assert.Equal(1, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal((1, 0), (clinic.Acme.Probes, clinic.Acme.Activations));

        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        Assert.Equal(0, await clinic.Reconciler.RunOnceAsync(Host.Ct)); // not due again
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal((2, 1), (clinic.Acme.Probes, clinic.Acme.Activations));
    }

    [Fact]
    public async Task Two_hosts_ask_once()
    {
        await using var clinic = await Clinic.OpenAsync();
        var other = clinic.Host.Another();
        var counts = await Task.WhenAll(clinic.Reconciler.RunOnceAsync(Host.Ct), other.Get<SubscriptionReconciler>().RunOnceAsync(Host.Ct));
        Assert.Equal((1, 1), (counts.Sum(), clinic.Acme.Probes));
    }

    [Fact]
    public async Task A_paused_integration_is_never_asked_about()
    {
        await using var clinic = await Clinic.OpenAsync(live: false);
        Assert.Equal(0, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal(0, clinic.Acme.Probes);
    }

    [Fact]
    public async Task A_pause_during_the_probe_is_not_undone()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = async () =>
        {
            await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
            return ActivationProbeResult.Lost;
        };
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal(0, clinic.Acme.Activations);
        Assert.False((await clinic.Host.ReadAsync()).Record.IsLive);
    }

    [Fact]
    public async Task A_pause_during_the_restore_wins()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        clinic.Acme.OnActivate = async () =>
        {
            await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
            return ProviderResult.Success;
        };
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal((1, 2), (clinic.Acme.Activations, clinic.Acme.Deactivations)); // the pause's, and ours after the restore
        Assert.False((await clinic.Host.ReadAsync()).Record.IsLive);
    }

    [Fact]
    public async Task A_restore_that_fails_is_counted_and_tried_again_at_the_next_check()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal((1, ConnectionState.Connected), ((await clinic.Host.ReadAsync()).Record.ErrorCount, (await clinic.Host.ReadAsync()).Connection.State));

        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Success);
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(20));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal((2, 0), (clinic.Acme.Activations, (await clinic.Host.ReadAsync()).Record.ErrorCount));
    }

    [Fact]
    public async Task A_restore_that_fails_is_tried_again_soon_then_ever_later_until_the_usual_interval()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        foreach (var minutes in (int[])[1, 2, 4, 8, 15, 15])
        {
            var pause = (await clinic.Host.ReadAsync()).Connection.CheckDueAt!.Value - clinic.Host.Now;
            Assert.InRange(pause.TotalMinutes, minutes * 0.8, minutes * 1.2);
            clinic.Host.Time.Advance(pause);
            Assert.Equal(1, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        }

        // Once it worked, the next loss starts from the beginning.
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Success);
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(18));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.InRange(((await clinic.Host.ReadAsync()).Connection.CheckDueAt!.Value - clinic.Host.Now).TotalMinutes, 12, 18);
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(18));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.InRange(((await clinic.Host.ReadAsync()).Connection.CheckDueAt!.Value - clinic.Host.Now).TotalMinutes, 0.8, 1.2);
    }

    [Fact]
    public async Task One_that_could_not_be_restored_is_looked_at_soon_also_if_the_platform_cannot_be_asked_meanwhile()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);

        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(1.2));
        Assert.Equal(1, await clinic.Reconciler.RunOnceAsync(Host.Ct));

        Assert.InRange(((await clinic.Host.ReadAsync()).Connection.CheckDueAt!.Value - clinic.Host.Now).TotalMinutes, 1.6, 2.4);
    }

    [Fact]
    public async Task A_platform_that_says_how_long_to_wait_is_heeded()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Lost);
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(new ProviderError
        {
            Kind = ProviderErrorKind.RateLimited, Code = "busy", RetryAfter = TimeSpan.FromMinutes(7),
        }));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal(clinic.Host.Now + TimeSpan.FromMinutes(7), (await clinic.Host.ReadAsync()).Connection.CheckDueAt);
    }

    [Fact]
    public void What_is_never_heard_of_again_is_forgotten()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var retries = new RestoreRetries(TimeSpan.FromMinutes(15), time);
        var (gone, error) = (Guid.CreateVersion7(), Acme.Error(ProviderErrorKind.Transient));
        for (var i = 0; i < 5; i++)
            retries.AfterFailure(gone, error);
        time.Advance(TimeSpan.FromMinutes(31));
        retries.AfterFailure(Guid.CreateVersion7(), error);
        Assert.InRange(retries.AfterFailure(gone, error).TotalMinutes, 0.8, 1.2);
    }

    [Theory]
    [InlineData(ProviderErrorKind.Transient)]
    [InlineData(ProviderErrorKind.RateLimited)]
    [InlineData(ProviderErrorKind.Unknown)]
    [InlineData(ProviderErrorKind.Configuration)]
    public async Task A_platform_that_cannot_be_asked_changes_nothing(ProviderErrorKind kind)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Failed(Acme.Error(kind)));
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        Assert.Equal((0, ConnectionState.Connected), (clinic.Acme.Activations, (await clinic.Host.ReadAsync()).Connection.State));
    }

    [Fact]
    public async Task A_grant_that_is_gone_is_noticed_although_nobody_writes()
    {
        await using var clinic = await Clinic.OpenAsync();
        var gone = Acme.Error(ProviderErrorKind.ReconnectRequired, "190/460");
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Failed(gone));
        clinic.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(gone));
        clinic.Acme.Probe = new ProbeResult { Error = gone };
        await clinic.Host.PumpAsync(clinic.Reconciler.RunOnceAsync(Host.Ct), TimeSpan.FromSeconds(5));
        Assert.Equal(ConnectionState.ReconnectRequired, (await clinic.Host.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task A_probe_that_throws_stops_neither_the_service_nor_later_walks()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnProbeActivation = () => throw new InvalidOperationException("a bug");
        await clinic.Reconciler.RunOnceAsync(Host.Ct);
        clinic.Acme.OnProbeActivation = () => Task.FromResult(ActivationProbeResult.Active);
        clinic.Host.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, await clinic.Reconciler.RunOnceAsync(Host.Ct));
    }

    [Fact]
    public async Task No_more_are_asked_about_in_a_minute_than_is_set()
    {
        await using var clinic = await Clinic.OpenAsync(configure: o => o.MaxSubscriptionChecksPerMinute = 3);
        for (var i = 2; i < 7; i++)
        {
            var key = new IntegrationKey(Host.Key.ClientId, Guid.CreateVersion7());
            await clinic.Host.ConnectAsync(key, $"page-{i}", TimeSpan.FromHours(1), chat: Guid.CreateVersion7());
            await clinic.Host.Memory.SetLiveAsync(key, true, clinic.Host.Now, ct: Host.Ct);
        }

        Assert.Equal(3, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal(3, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal(0, await clinic.Reconciler.RunOnceAsync(Host.Ct));
        Assert.Equal(6, clinic.Acme.Probes);
    }

    [Fact]
    public async Task An_activation_that_failed_after_the_connect_is_caught_up()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        var stored = await clinic.Host.ReadAsync();
        await clinic.Host.Get<ChannelSwitch>().AfterConnectAsync(clinic.Acme, stored, null);
        Assert.Equal(ConnectionState.Degraded, (await clinic.Host.ReadAsync()).Connection.State);

        clinic.Acme.OnActivate = () => Task.FromResult(ProviderResult.Success);
        await clinic.Reconciler.RunOnceAsync(Host.Ct);

        Assert.Equal((0, 2), (clinic.Acme.Probes, clinic.Acme.Activations));
        Assert.Equal(ConnectionState.Connected, (await clinic.Host.ReadAsync()).Connection.State);
    }
}
