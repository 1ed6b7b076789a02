namespace Integrations.Tests;

/// <summary>A platform that blocks an account by an event, and lifts the block.</summary>
public sealed class PolicyNoticeTests
{
    [Fact]
    public async Task Block_suspends_once_and_its_reason_is_told_and_lift_ends_it_once()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Policy("block", "e-1", "Too many\r\nmessages"), Policy("block", "e-1", "Too many\r\nmessages"), Policy("block", "e-2", "again"));
        await host.WorkAsync();

        var stored = await host.ReadAsync();
        Assert.Equal(ConnectionState.Suspended, stored.Connection.State);
        Assert.Equal("PolicyBlocked: The platform blocks this account and says: \"Too many  messages\" (policy_enforcement)", stored.Record.LastError);
        var told = Assert.Single(host.Events.All);
        Assert.Equal((IntegrationEventKind.Suspended, "policy_blocked", ProviderErrorKind.PolicyBlocked), (told.Kind, told.Cause, told.Error!.Kind));
        Assert.Contains("Too many  messages", told.Error.SafeMessage, StringComparison.Ordinal);

        await host.ReceiveAsync(Policy("unblock", "e-3"), Policy("unblock", "e-4"));
        await host.WorkAsync();

        stored = await host.ReadAsync();
        Assert.Equal((ConnectionState.Connected, null, true), (stored.Connection.State, stored.Record.LastError, stored.Record.IsActive));
        Assert.Equal([IntegrationEventKind.Suspended, IntegrationEventKind.Recovered], host.Events.All.Select(e => e.Kind));
        Assert.Equal("policy_lifted", host.Events.All[1].Cause);
        Assert.Empty(host.Agent.Asked);
    }

    [Theory]
    [InlineData("unblock")]
    [InlineData("warning")]
    [InlineData(null)]
    public async Task What_is_no_block_leaves_a_connection_that_works_alone(string? action)
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Policy(action, "e-1", "You have been warned"));
        await host.WorkAsync();

        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Equal(MessageState.Skipped, Assert.Single(await host.MessagesAsync()).State);
        Assert.Empty(host.Events.All);
    }

    [Fact]
    public async Task Lift_does_not_bring_back_a_grant_that_was_lost_meanwhile()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Policy("block", "e-1"));
        await host.WorkAsync();
        await host.Get<ConnectionTransitions>().MoveAsync(await host.ReadAsync(), ConnectionCause.GrantLost, ct: Host.Ct);

        await host.ReceiveAsync(Policy("unblock", "e-2"));
        await host.WorkAsync();

        Assert.Equal(ConnectionState.ReconnectRequired, (await host.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task Reason_is_cut_to_a_short_line()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Policy("block", "e-1", new string('x', 5_000)));
        await host.WorkAsync();

        Assert.InRange((await host.ReadAsync()).Record.LastError!.Length, 300, 450);
    }

    private static InboundEvent Policy(string? action, string id, string? reason = null) =>
        new() { Kind = InboundEventKind.Policy, AccountId = "page-1", EventId = id, Payload = action, Text = reason };
}
