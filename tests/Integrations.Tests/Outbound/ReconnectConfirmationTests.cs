namespace Integrations.Tests;

public sealed class ReconnectConfirmationTests
{
    private static readonly ProviderError Rejected = Acme.Error(ProviderErrorKind.ReconnectRequired, "190/463");

    [Fact]
    public async Task A_token_that_a_refresh_replaces_costs_the_owner_nothing()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnSend = (context, _) => Task.FromResult(context.Connection.AccessToken.Reveal() == "first" ? SendResult.Failed(Rejected) : SendResult.Sent("mid"));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Single(host.Acme.Refreshes);
        Assert.Empty(host.Events.All);
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task A_grant_the_refresh_finds_gone_is_told_once_for_many_contacts_and_messages_wait_for_the_owner()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(3));
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Rejected));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "190/460")));
        for (var i = 0; i < 12; i++)
            await host.Messenger.SendAsync(Host.Key, $"contact{i}", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.PumpAsync(host.Get<LaneWorker>().RunOnceAsync(Host.Ct));
        await host.WorkAsync();

        Assert.Single(host.Acme.Refreshes);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
        Assert.All(await host.MessagesAsync(), m => Assert.Equal(MessageState.Pending, m.State));

        // Connected again: the messages go out.
        host.Acme.OnSend = null;
        await host.ConnectAsync(Host.Key, "page-1", TimeSpan.FromDays(3));
        host.Time.Advance(TimeSpan.FromMinutes(15));
        await host.WorkAsync();
        Assert.All(await host.MessagesAsync(), m => Assert.Equal(MessageState.Done, m.State));
    }

    [Fact]
    public async Task What_waits_for_the_owner_goes_out_when_a_refresh_proves_that_the_connection_works()
    {
        await using var host = await Host.StartAsync();
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.ReconnectRequired, At = host.Now }, Host.Ct);
        await host.WorkAsync();
        Assert.Empty(host.Acme.Sends);

        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct); // as a host may ask for; the clock stands still
        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
    }

    [Fact]
    public async Task Messages_do_not_wait_for_the_owner_for_ever()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(30));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.ReconnectRequired, At = host.Now }, Host.Ct);
        await host.WorkAsync();
        Assert.Equal((MessageState.Pending, 0), ((await host.MessagesAsync())[0].State, (await host.MessagesAsync())[0].Attempts));

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.WorkAsync();

        Assert.Equal(MessageState.Failed, (await host.MessagesAsync())[0].State);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageFailed));
        Assert.Empty(host.Acme.Sends);
    }

    [Fact]
    public async Task A_probe_that_contradicts_the_refusal_leaves_the_connection_alone()
    {
        await using var host = await Host.StartAsync(new ProbedAcme { Refresh = RefreshPolicy.None });
        host.Acme.OnSend = (_, _) => Task.FromResult(host.Acme.Sends.Count == 1 ? SendResult.Failed(Rejected) : SendResult.Sent("mid"));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.WorkAsync();

        Assert.Equal(1, ((ProbedAcme)host.Acme).Probes);
        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Empty(host.Events.All);
    }

    [Fact]
    public async Task A_probe_in_trouble_confirms_nothing()
    {
        await using var host = await Host.StartAsync(new ProbedAcme { Refresh = RefreshPolicy.None, Probe = new ProbeResult { Error = Acme.Error(ProviderErrorKind.Transient) } });
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Rejected));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();

        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Empty(host.Events.All);
    }

    [Fact]
    public async Task A_missing_scope_is_confirmed_by_the_scopes_the_probe_reports()
    {
        await using var host = await Host.StartAsync(new ProbedAcme { Probe = new ProbeResult { GrantedScopes = ["profile"] } });
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(ProviderErrorKind.InsufficientScope, "200")));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();

        var stored = await host.ReadAsync();
        Assert.Equal((ConnectionState.ReconnectRequired, "InsufficientScope: what happened (200)"), (stored.Connection.State, stored.Connection.StateReason));
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
        Assert.Empty(host.Acme.Refreshes);
    }

    [Fact]
    public async Task A_verdict_on_an_old_token_does_not_break_a_newer_one()
    {
        await using var host = await Host.StartAsync(new Acme { Refresh = RefreshPolicy.None });
        host.Acme.OnSend = async (_, _) =>
        {
            await host.ConnectAsync(Host.Key, "page-1", TimeSpan.FromHours(1)); // the owner reconnects while the refusal is on its way
            return SendResult.Failed(Rejected);
        };
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();

        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Equal(0, host.Events.Count(IntegrationEventKind.ReconnectRequired));
    }
}
