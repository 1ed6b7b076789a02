namespace Integrations.Tests;

public sealed class SendTests
{
    /// <summary>The table of what a refused send does: to the message, the connection, the row's error, and what is told.</summary>
    [Theory]
    [InlineData(ProviderErrorKind.Unknown, MessageState.Pending, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.Transient, MessageState.Pending, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.RateLimited, MessageState.Pending, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.Configuration, MessageState.Pending, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.OutcomeUnknown, MessageState.Unknown, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.ReconnectRequired, MessageState.Pending, ConnectionState.ReconnectRequired, true, IntegrationEventKind.ReconnectRequired)]
    [InlineData(ProviderErrorKind.InsufficientScope, MessageState.Pending, ConnectionState.ReconnectRequired, true, IntegrationEventKind.ReconnectRequired)]
    [InlineData(ProviderErrorKind.PolicyBlocked, MessageState.Failed, ConnectionState.Suspended, true, IntegrationEventKind.Suspended)]
    [InlineData(ProviderErrorKind.AccessDenied, MessageState.Failed, ConnectionState.Connected, true, IntegrationEventKind.MessageFailed)]
    [InlineData(ProviderErrorKind.WindowClosed, MessageState.Failed, ConnectionState.Connected, true, IntegrationEventKind.MessageFailed)]
    [InlineData(ProviderErrorKind.RecipientUnavailable, MessageState.Failed, ConnectionState.Connected, true, IntegrationEventKind.MessageFailed)]
    [InlineData(ProviderErrorKind.RecipientOptedOut, MessageState.Failed, ConnectionState.Connected, true, IntegrationEventKind.MessageFailed)]
    [InlineData(ProviderErrorKind.InvalidRequest, MessageState.Failed, ConnectionState.Connected, true, IntegrationEventKind.MessageFailed)]
    [InlineData(ProviderErrorKind.NotAvailable, MessageState.Failed, ConnectionState.Connected, false, IntegrationEventKind.MessageFailed)]
    public async Task A_refusal_leads_to_its_states_and_errors(
        ProviderErrorKind kind, MessageState message, ConnectionState connection, bool countsOnRow, IntegrationEventKind? raised)
    {
        await using var host = await Host.StartAsync(new ProbedAcme { Refresh = RefreshPolicy.None, Probe = new ProbeResult { Error = Acme.Error(kind, "190/460") } });
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(kind, "190/460")));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();

        var (stored, sent) = (await host.ReadAsync(), Assert.Single(await host.MessagesAsync()));
        Assert.Equal((message, connection), (sent.State, stored.Connection.State));
        Assert.Equal($"{kind}: what happened (190/460)", sent.LastError);
        Assert.Equal(countsOnRow ? (1, sent.LastError) : (0, null), (stored.Record.ErrorCount, stored.Record.LastError));
        // What becomes of the message is told first, with its settlement.
        Assert.Equal(raised, host.Events.All.Count == 0 ? null : host.Events.All[^1].Kind);
        Assert.Single(host.Acme.Sends);
        Assert.Null(sent.State == MessageState.Unknown ? null : sent.SendingSince);
    }

    [Fact]
    public async Task A_passing_trouble_is_waited_out_and_a_success_clears_the_row()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnSend = (_, _) => Task.FromResult(host.Acme.Sends.Count < 3 ? SendResult.Failed(Acme.Error(ProviderErrorKind.Transient)) : SendResult.Sent("mid"));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        for (var i = 0; i < 3; i++)
        {
            await host.WorkAsync();
            host.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var (stored, sent) = (await host.ReadAsync(), Assert.Single(await host.MessagesAsync()));
        Assert.Equal((MessageState.Done, "mid", 2), (sent.State, sent.PlatformMessageId, sent.Attempts));
        Assert.Equal((0, null, 1), (stored.Record.ErrorCount, stored.Record.LastError, stored.Record.MessageCount));
    }

    [Fact]
    public async Task Trouble_that_does_not_pass_ends_after_the_last_attempt_and_is_told_once()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(5));
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        for (var i = 0; i < 20; i++)
        {
            await host.WorkAsync();
            host.Time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(6, host.Acme.Sends.Count);
        Assert.Equal(MessageState.Failed, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageFailed));
    }

    [Fact]
    public async Task Throttling_rests_the_lane_as_long_as_the_platform_says_and_keeps_the_order()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnSend = (_, _) => Task.FromResult(host.Acme.Sends.Count == 1
            ? SendResult.Failed(Acme.Error(ProviderErrorKind.RateLimited, "613", TimeSpan.FromMinutes(4))) : SendResult.Sent(null));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("one"), ct: Host.Ct);
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("two"), ct: Host.Ct);

        await host.WorkAsync();
        host.Time.Advance(TimeSpan.FromSeconds(239));
        await host.WorkAsync();
        Assert.Single(host.Acme.Sends);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.WorkAsync();

        Assert.Equal(["one", "one", "two"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task A_wrong_setting_of_ours_raises_the_alarm()
    {
        var logs = new LogLines();
        await using var host = await Host.StartAsync(services: logs.AddTo);
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(ProviderErrorKind.Configuration, "101")));
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        await host.WorkAsync();

        Assert.Contains(logs.Lines, l => l.StartsWith("Critical 1630", StringComparison.Ordinal));
        Assert.Empty(host.Events.All);
    }

    [Fact]
    public async Task An_expired_token_is_refreshed_before_the_send()
    {
        await using var host = await Host.StartAsync();
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        host.Time.Advance(TimeSpan.FromMinutes(61));

        await host.WorkAsync();

        Assert.Equal("fresh", Assert.Single(host.Acme.Sends).Connection.AccessToken.Reveal());
    }

    [Fact]
    public async Task A_send_does_not_mend_a_connection_whose_token_cannot_be_refreshed()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(2));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient)));
        for (var i = 0; i < 3; i++)
            await host.Tokens.RefreshAsync(Host.Key, null, Host.Ct);

        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(ConnectionState.Degraded, (await host.ReadAsync()).Connection.State);
        Assert.Equal([IntegrationEventKind.Degraded], host.Events.All.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_suspended_account_is_tried_again_after_its_rest_and_recovers()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(2));
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.Suspended, At = host.Now }, Host.Ct);
        host.Time.Advance(TimeSpan.FromHours(6));

        Assert.True((await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct)).Succeeded);
        await host.WorkAsync();

        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Equal([IntegrationEventKind.Recovered], host.Events.All.Select(e => e.Kind));
    }
}
