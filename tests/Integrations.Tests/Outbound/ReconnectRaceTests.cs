using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

/// <summary>The owner connects again in the very moment a lane is put to rest. The clock stands still: no pause ends by itself.</summary>
public sealed class ReconnectRaceTests
{
    private static readonly ProviderError Rejected = Acme.Error(ProviderErrorKind.ReconnectRequired, "190/463");

    [Fact]
    public async Task A_message_found_waiting_for_its_owner_goes_out_though_the_reconnect_came_before_the_pause_was_written()
    {
        await using var host = await QueuedAsync();
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.ReconnectRequired, At = host.Now }, Host.Ct);
        var lanes = new Lanes(host) { BeforeRelease = () => ReconnectAsync(host) };

        await lanes.WorkAsync();

        await AssertSentAsync(host, lanes, wakes: 1);
    }

    [Fact]
    public async Task A_message_whose_refresh_was_refused_goes_out_though_the_reconnect_came_before_the_pause_was_written()
    {
        await using var host = await QueuedAsync();
        host.Time.Advance(TimeSpan.FromMinutes(61)); // the token has expired
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Rejected));
        var lanes = new Lanes(host) { BeforeRelease = () => ReconnectAsync(host) };

        await lanes.WorkAsync();

        await AssertSentAsync(host, lanes, wakes: 1);
    }

    [Fact]
    public async Task A_message_the_platform_refused_goes_out_though_the_reconnect_came_before_the_pause_was_written()
    {
        await using var host = await QueuedAsync(new Acme { Refresh = RefreshPolicy.None });
        host.Acme.OnSend = (_, _) => Task.FromResult(host.Acme.Sends.Count == 1 ? SendResult.Failed(Rejected) : SendResult.Sent("mid"));
        var lanes = new Lanes(host) { BeforeRelease = () => ReconnectAsync(host) };

        await lanes.WorkAsync();

        await AssertSentAsync(host, lanes, wakes: 1);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
    }

    [Fact]
    public async Task A_send_refused_with_a_token_the_owner_has_replaced_is_tried_again_after_a_second_and_not_for_ever()
    {
        await using var host = await QueuedAsync(new Acme { Refresh = RefreshPolicy.None });
        host.Acme.OnSend = async (_, _) =>
        {
            await ReconnectAsync(host); // while the refusal is on its way, each time
            return SendResult.Failed(Rejected);
        };
        var lanes = new Lanes(host);

        await lanes.WorkAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await lanes.WorkAsync();

        Assert.Equal(2, host.Acme.Sends.Count);
        Assert.Equal(0, lanes.Wakes);
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task Without_a_reconnect_the_lane_rests()
    {
        await using var host = await QueuedAsync(new Acme { Refresh = RefreshPolicy.None });
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Rejected));
        var lanes = new Lanes(host);

        await lanes.WorkAsync();
        host.Time.Advance(TimeSpan.FromMinutes(14));
        await lanes.WorkAsync();

        Assert.Single(host.Acme.Sends);
        Assert.Equal(0, lanes.Wakes);
    }

    [Fact]
    public async Task A_lane_whose_connection_cannot_be_read_again_goes_on_when_its_pause_is_over()
    {
        await using var host = await QueuedAsync();
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = ConnectionState.ReconnectRequired, At = host.Now }, Host.Ct);
        var lanes = new Lanes(host) { BeforeRelease = () => ReconnectAsync(host), FailsToWake = true };

        await lanes.WorkAsync();
        Assert.Empty(host.Acme.Sends);
        host.Time.Advance(TimeSpan.FromMinutes(15));
        await lanes.WorkAsync();

        await AssertSentAsync(host, lanes, wakes: 1);
    }

    private static async Task<Host> QueuedAsync(Acme? acme = null)
    {
        var host = await Host.StartAsync(acme);
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        return host;
    }

    /// <summary>As the runtime does it: written, then all lanes at rest are woken.</summary>
    private static async Task ReconnectAsync(Host host)
    {
        await host.ConnectAsync(Host.Key, "page-1", TimeSpan.FromHours(1));
        await host.Inbox.WakeAsync(Host.Key, Host.Ct);
    }

    private static async Task AssertSentAsync(Host host, Lanes lanes, int wakes)
    {
        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync(MessageDirection.Outbound)).State);
        Assert.Equal(wakes, lanes.Wakes);
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
    }

    /// <summary>A worker on the host's inbox, with something that happens just before a pause is written.</summary>
    private sealed class Lanes
    {
        private readonly LaneWorker _worker;

        public Lanes(Host host)
        {
            var inbox = Substitute.For<IMessageInbox>();
            inbox.LeaseLanesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.LeaseLanesAsync(c.Arg<LaneLeaseRequest>()));
            inbox.MarkSendingAsync(null!, default, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.MarkSendingAsync(c.Arg<LaneLease>(), c.Arg<Guid>()));
            inbox.SettleAsync(null!, null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.SettleAsync(c.Arg<LaneLease>(), c.Arg<IReadOnlyList<MessageSettlement>>()));
            inbox.ReleaseAsync(null!, null, Host.Ct).ReturnsForAnyArgs(c => ReleaseAsync(host, c.Arg<LaneLease>(), c.Arg<TimeSpan?>()));
            inbox.WakeAsync(default, Host.Ct).ReturnsForAnyArgs(c => WakeAsync(host, c.Arg<IntegrationKey>()));
            _worker = host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>();
        }

        /// <summary>Happens once.</summary>
        public Func<Task>? BeforeRelease { get; set; }

        public bool FailsToWake { get; init; }

        public int Wakes { get; private set; }

        /// <summary>Works on what is due now. Never more than a few turns: a lane that wakes itself is a loop.</summary>
        public async Task WorkAsync()
        {
            var turns = 0;
            while (await _worker.RunOnceAsync(Host.Ct) > 0)
                Assert.True(++turns < 5, "The lane is due again and again.");
        }

        private async Task ReleaseAsync(Host host, LaneLease lease, TimeSpan? pause)
        {
            var before = BeforeRelease;
            if (pause is not null && before is not null)
            {
                BeforeRelease = null;
                await before();
            }

            await host.Inbox.ReleaseAsync(lease, pause, Host.Ct);
        }

        private Task WakeAsync(Host host, IntegrationKey key)
        {
            Wakes++;
            return FailsToWake ? Task.FromException(new InvalidOperationException("The database is gone.")) : host.Inbox.WakeAsync(key, Host.Ct);
        }
    }
}
