using Xunit;

namespace Integrations.Testing;

/// <content>State, live and health.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    [Fact]
    public async Task An_integration_is_active_while_it_is_live_and_its_connection_works()
    {
        var key = await ConnectedAsync();
        Assert.True(await Stores.Integrations.SetLiveAsync(key, true, Noon.AddHours(1), ct: Ct));
        Assert.False(await Stores.Integrations.SetLiveAsync(key, true, Noon.AddHours(2), ct: Ct));
        var live = (await ReadAsync(key)).Record;
        Assert.True(live is { IsLive: true, IsActive: true });
        Assert.Equal(Noon.AddHours(1), live.DeployedAt);

        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Degraded, At = Noon }, Ct);
        Assert.True((await ReadAsync(key)).Record.IsActive);
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct);
        Assert.False((await ReadAsync(key)).Record.IsActive);
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Connected, At = Noon }, Ct);
        Assert.True((await ReadAsync(key)).Record.IsActive);
        Assert.True(await Stores.Integrations.SetLiveAsync(key, false, Noon, ct: Ct));
        Assert.True((await ReadAsync(key)).Record is { IsLive: false, IsActive: false });
    }

    [Fact]
    public async Task An_integration_made_live_before_it_is_connected_becomes_active_with_the_connection()
    {
        var key = NewKey();
        await Stores.Integrations.SaveConfigurationsAsync([Create(key)], Ct);
        Assert.True(await Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct));
        var pending = await ReadAsync(key);
        Assert.True(pending.Record is { IsLive: true, IsActive: false });
        await Stores.Integrations.CommitConnectionAsync(Connection(key, NewAccount(), pending.Connection.ConfigurationVersion), Ct);
        Assert.True((await ReadAsync(key)).Record is { IsLive: true, IsActive: true });
    }

    [Fact]
    public async Task A_state_changes_once_with_its_reason_and_time()
    {
        var key = await ConnectedAsync();
        var change = new StateChange { To = ConnectionState.Suspended, Reason = "policy", LastError = "PolicyBlocked: policy", At = Noon.AddHours(1) };
        Assert.True(await Stores.Integrations.ChangeStateAsync(key, change, Ct));
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, change, Ct));
        var stored = await ReadAsync(key);
        Assert.Equal(ConnectionState.Suspended, stored.Connection.State);
        Assert.Equal("policy", stored.Connection.StateReason);
        Assert.Equal(Noon.AddHours(1), stored.Connection.StateSince);
        Assert.Equal("PolicyBlocked: policy", stored.Record.LastError);
    }

    [Fact]
    public async Task A_state_change_obeys_its_conditions()
    {
        var key = await ConnectedAsync();
        var version = (await ReadAsync(key)).Connection.TokenVersion;
        StateChange To(ConnectionState to, ConnectionState[]? from = null, long? token = null) => new() { To = to, From = from, TokenVersion = token, At = Noon };
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Connected, [ConnectionState.Degraded]), Ct));
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Degraded, [ConnectionState.Pending, ConnectionState.Suspended]), Ct));
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.ReconnectRequired, token: version - 1), Ct));
        Assert.True(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.ReconnectRequired, [ConnectionState.Connected], version), Ct));
        await Stores.Integrations.DisconnectAsync(key, "{}", Noon, ct: Ct);
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Degraded), Ct));
    }

    [Fact]
    public async Task Of_two_simultaneous_state_changes_one_is_told_that_it_did_it()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            var change = new StateChange { To = ConnectionState.ReconnectRequired, At = Noon };
            var (first, second) = await RaceAsync(
                () => Stores.Integrations.ChangeStateAsync(key, change, Ct), () => Fixture.OtherHost.Integrations.ChangeStateAsync(key, change, Ct));
            Assert.True(first ^ second);
        }
    }

    [Fact]
    public async Task Going_live_while_the_connection_breaks_leaves_no_active_broken_integration()
    {
        for (var i = 0; i < 20; i++)
        {
            var key = await ConnectedAsync();
            await RaceAsync(
                () => Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct),
                () => Fixture.OtherHost.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct));
            Assert.True((await ReadAsync(key)).Record is { IsLive: true, IsActive: false });
        }
    }

    [Fact]
    public async Task Failures_are_counted_exactly_and_a_success_clears_them()
    {
        var key = await ConnectedAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            (i % 2 == 0 ? Stores : Fixture.OtherHost).Integrations.RecordFailureAsync(key, "Transient: down", Ct)));
        var failed = (await ReadAsync(key)).Record;
        Assert.Equal(20, failed.ErrorCount);
        Assert.Equal("Transient: down", failed.LastError);
        Assert.Equal(Noon, failed.UpdatedAt);
        await Stores.Integrations.RecordSuccessAsync(key, Ct);
        var healthy = (await ReadAsync(key)).Record;
        Assert.Equal(0, healthy.ErrorCount);
        Assert.Null(healthy.LastError);
    }
}
