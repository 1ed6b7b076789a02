using Xunit;

namespace Integrations.Testing;

/// <content>Due checks of live connections.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    private static readonly IntegrationType Checked = IntegrationType.Parse("checked-platform");

    [Fact]
    public async Task A_due_check_is_taken_once_until_it_is_due_again()
    {
        var key = await LiveAsync();

        Assert.Contains(await ClaimAsync(Noon, Noon.AddHours(1)), s => s.Record.Key == key);
        Assert.DoesNotContain(await ClaimAsync(Noon, Noon.AddHours(1)), s => s.Record.Key == key);
        Assert.DoesNotContain(await ClaimAsync(Noon.AddMinutes(59), Noon.AddHours(2)), s => s.Record.Key == key);
        Assert.Contains(await ClaimAsync(Noon.AddHours(1), Noon.AddHours(2)), s => s.Record.Key == key);
        Assert.Equal(Noon.AddHours(2), (await ReadAsync(key)).Connection.CheckDueAt);
    }

    [Fact]
    public async Task A_check_is_due_of_live_connections_only()
    {
        var (live, paused, lost, other) = (await LiveAsync(), await LiveAsync(), await LiveAsync(), await ConnectedAsync());
        await Stores.Integrations.SetLiveAsync(paused, false, Noon, ct: Ct);
        await Stores.Integrations.ChangeStateAsync(lost, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct);
        await Stores.Integrations.SetLiveAsync(other, true, Noon, ct: Ct);

        var claimed = (await ClaimAsync(Noon, Noon.AddHours(1))).Select(s => s.Record.Key).ToList();

        Assert.Contains(live, claimed);
        Assert.All([paused, lost, other], key => Assert.DoesNotContain(key, claimed));
    }

    [Fact]
    public async Task A_check_is_brought_forward_and_never_put_off()
    {
        var key = await LiveAsync();
        await Stores.Integrations.BringCheckForwardAsync(key, Noon, Ct); // due at once as it is
        Assert.Null((await ReadAsync(key)).Connection.CheckDueAt);
        await ClaimAsync(Noon, Noon.AddHours(1));

        await Stores.Integrations.BringCheckForwardAsync(key, Noon.AddHours(2), Ct);
        Assert.Equal(Noon.AddHours(1), (await ReadAsync(key)).Connection.CheckDueAt);
        await Stores.Integrations.BringCheckForwardAsync(key, Noon.AddMinutes(1), Ct);
        Assert.Equal(Noon.AddMinutes(1), (await ReadAsync(key)).Connection.CheckDueAt);
        Assert.Contains(await ClaimAsync(Noon.AddMinutes(1), Noon.AddHours(1)), s => s.Record.Key == key);
    }

    [Fact]
    public async Task A_due_check_goes_to_one_of_two_hosts()
    {
        for (var i = 0; i < 5; i++)
        {
            var key = await LiveAsync();
            var claim = new CheckClaim { Type = Checked, DueBefore = Noon, Next = Noon.AddHours(1), Max = 100 };
            var (one, two) = await RaceAsync(
                () => Stores.Integrations.ClaimDueChecksAsync(claim, Ct), () => Fixture.OtherHost.Integrations.ClaimDueChecksAsync(claim, Ct));
            Assert.Single(one.Concat(two), s => s.Record.Key == key);
        }
    }

    private Task<IReadOnlyList<StoredIntegration>> ClaimAsync(DateTime dueBefore, DateTime next) =>
        Stores.Integrations.ClaimDueChecksAsync(new CheckClaim { Type = Checked, DueBefore = dueBefore, Next = next, Max = 100 }, Ct);

    private async Task<IntegrationKey> LiveAsync()
    {
        var key = NewKey();
        var commit = Connection(key, NewAccount());
        await Stores.Integrations.CommitConnectionAsync(new ConnectionCommit
        {
            Key = key, ChatId = commit.ChatId, Type = Checked, AccountId = commit.AccountId, AuthToken = commit.AuthToken, Details = commit.Details, At = commit.At,
        }, Ct);
        await Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct);
        return key;
    }
}
