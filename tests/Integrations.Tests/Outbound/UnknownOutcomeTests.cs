using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.Tests;

public sealed class UnknownOutcomeTests
{
    public static TheoryData<Exception> LostAnswers => new()
    {
        new HttpRequestException(HttpRequestError.ResponseEnded),
        new HttpRequestException("anything may have happened"),
        new IOException(),
        new TimeoutException(),
        new TaskCanceledException(),
        new System.Text.Json.JsonException(),
        new InvalidOperationException(),
    };

    [Theory]
    [MemberData(nameof(LostAnswers), DisableDiscoveryEnumeration = true)]
    public async Task An_answer_lost_after_the_request_left_parks_the_message(Exception exception)
    {
        await using var host = await ParkAsync(exception);

        Assert.Equal(MessageState.Unknown, Assert.Single(await host.MessagesAsync()).State);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task A_request_that_never_left_is_sent_again(HttpRequestError error)
    {
        await using var host = await ParkAsync(new HttpRequestException(error));
        Assert.Equal(MessageState.Pending, Assert.Single(await host.MessagesAsync()).State);
        host.Acme.OnSend = null;
        host.Time.Advance(TimeSpan.FromSeconds(2));

        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_echo_with_our_reference_or_the_platforms_id_settles_it(bool byReference)
    {
        await using var host = await ParkAsync(new TimeoutException());
        var message = Assert.Single(await host.MessagesAsync());
        if (!byReference)
            await host.Inbox.ConfirmSentAsync(Host.Key, message.Id, "mid-9", Host.Ct); // known from an earlier echo

        await EchoAsync(host, byReference ? message.Id.ToString("N") : null, "mid-9");

        var settled = Assert.Single(await host.MessagesAsync(MessageDirection.Outbound));
        Assert.Equal((MessageState.Done, "mid-9"), (settled.State, settled.PlatformMessageId));
        Assert.Equal(1, (await host.ReadAsync()).Record.MessageCount);
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await host.Get<UnknownSweep>().SweepAsync(Host.Ct));
        Assert.Single(host.Acme.Sends);
    }

    [Fact]
    public async Task An_echo_does_not_wait_for_an_agent_that_is_busy_with_the_same_contact()
    {
        await using var host = await ParkAsync(new TimeoutException());
        var id = Assert.Single(await host.MessagesAsync()).Id;
        var answer = new TaskCompletionSource<MessageReply>();
        host.Agent.OnMessage = (_, _) => answer.Task;
        await host.ReceiveAsync(Host.Text("and?"));
        var busy = host.Get<LaneWorker>().RunOnceAsync(Host.Ct);

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Echo, AccountId = "page-1", EventId = "e", ContactId = "ann", Metadata = id.ToString("N"), IsOwnEcho = true });
        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync(MessageDirection.Outbound)).State);
        Assert.False(busy.IsCompleted);
        answer.SetResult(MessageReply.None);
        await busy;
    }

    [Fact]
    public async Task An_echo_for_another_client_settles_nothing()
    {
        await using var host = await ParkAsync(new TimeoutException());
        var other = new IntegrationKey(Guid.NewGuid(), Guid.NewGuid());
        await host.ConnectAsync(other, "page-2", TimeSpan.FromHours(1));
        var id = Assert.Single(await host.MessagesAsync()).Id;

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Echo, AccountId = "page-2", EventId = "e", Metadata = id.ToString("N"), IsOwnEcho = true });
        await host.WorkAsync();

        Assert.Equal(MessageState.Unknown, Assert.Single(await host.MessagesAsync()).State);
    }

    [Fact]
    public async Task Without_an_echo_it_fails_once_is_told_once_and_never_resent()
    {
        await using var host = await ParkAsync(new TimeoutException());
        await using var second = host.Another();
        host.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, await host.Get<UnknownSweep>().SweepAsync(Host.Ct));
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var swept = await Task.WhenAll(host.Get<UnknownSweep>().SweepAsync(Host.Ct), second.Get<UnknownSweep>().SweepAsync(Host.Ct));
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.WorkAsync();

        Assert.Equal(1, swept.Sum());
        Assert.Equal(MessageState.Failed, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageFailed));
        Assert.Single(host.Acme.Sends);
    }

    [Fact]
    public async Task It_does_not_hold_up_the_next_message()
    {
        await using var host = await ParkAsync(new TimeoutException());
        host.Acme.OnSend = null;

        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("next"), ct: Host.Ct);
        await host.WorkAsync();

        Assert.Equal([MessageState.Unknown, MessageState.Done], (await host.MessagesAsync()).Select(m => m.State));
    }

    [Fact]
    public async Task A_host_that_died_while_sending_leaves_an_unknown_outcome_and_no_second_send()
    {
        await using var host = await Host.StartAsync();
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        var lease = Assert.Single(await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "killed", MaxLanes = 1, Lease = TimeSpan.FromSeconds(30) }, Host.Ct));
        Assert.True(await host.Inbox.MarkSendingAsync(lease, lease.Messages[0].Id, Host.Ct));
        host.Time.Advance(TimeSpan.FromSeconds(30));

        await host.WorkAsync();
        Assert.Equal(MessageState.Unknown, Assert.Single(await host.MessagesAsync()).State);
        await EchoAsync(host, lease.Messages[0].Id.ToString("N"), "mid-9");

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync(MessageDirection.Outbound)).State);
        Assert.Empty(host.Acme.Sends);
    }

    [Fact]
    public async Task An_echo_that_comes_after_it_was_given_up_still_proves_it()
    {
        await using var host = await ParkAsync(new TimeoutException());
        var id = Assert.Single(await host.MessagesAsync()).Id;
        host.Time.Advance(TimeSpan.FromMinutes(3));
        await host.Get<UnknownSweep>().SweepAsync(Host.Ct);

        await EchoAsync(host, id.ToString("N"), "mid-9");

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync(MessageDirection.Outbound)).State);
    }

    [Fact]
    public async Task An_echo_that_came_before_the_next_lease_proves_a_cut_off_send()
    {
        await using var host = await Host.StartAsync();
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        var lease = Assert.Single(await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "killed", MaxLanes = 1, Lease = TimeSpan.FromSeconds(30) }, Host.Ct));
        await host.Inbox.MarkSendingAsync(lease, lease.Messages[0].Id, Host.Ct);
        await EchoAsync(host, lease.Messages[0].Id.ToString("N"), "mid-9");
        host.Time.Advance(TimeSpan.FromSeconds(30));

        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync(MessageDirection.Outbound)).State);
        Assert.Equal(1, (await host.ReadAsync()).Record.MessageCount);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_in_time_parks_the_message()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnSend = async (_, _) =>
        {
            await new TaskCompletionSource().Task; // does not heed its token
            return SendResult.Sent("never");
        };
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);

        // The worker's own clock: only the time-out of the send may fire, not the lease.
        var time = new FakeTimeProvider(host.Time.GetUtcNow());
        var run = host.Another(time: time).Get<LaneWorker>().RunOnceAsync(Host.Ct);
        while (host.Acme.Sends.IsEmpty)
            await Task.Yield();
        time.Advance(SendCall.Timeout);
        await run;

        var message = Assert.Single(await host.MessagesAsync());
        Assert.Equal((MessageState.Unknown, true), (message.State, message.LastError!.Contains("(timeout)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_database_that_is_away_after_the_send_is_waited_for_with_what_came_of_it()
    {
        await using var host = await QueuedAsync();
        var faults = 6; // 31 seconds and more: longer than the lease
        var inbox = Passing(host, settle: (lease, settlements) => faults-- > 0 ? throw new TimeoutException("database") : host.Inbox.SettleAsync(lease, settlements));

        await host.PumpAsync(host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>().RunOnceAsync(Host.Ct), TimeSpan.FromSeconds(1));

        var message = Assert.Single(await host.MessagesAsync());
        Assert.Equal((MessageState.Done, "mid-1"), (message.State, message.PlatformMessageId));
        Assert.Single(host.Acme.Sends);
    }

    [Fact]
    public async Task A_host_that_gives_up_between_the_mark_and_the_call_leaves_a_message_that_is_sent_by_the_next()
    {
        await using var host = await QueuedAsync();
        host.Acme.OnSend = (_, ct) => ct.IsCancellationRequested ? throw new OperationCanceledException(ct) : Task.FromResult(SendResult.Sent("mid-1"));
        using var abort = new CancellationTokenSource();
        var inbox = Passing(host, mark: async (lease, id, ct) =>
        {
            var marked = await host.Inbox.MarkSendingAsync(lease, id, Host.Ct);
            await abort.CancelAsync();
            ct.ThrowIfCancellationRequested(); // as a database's client does, though it is written
            return marked;
        });

        await host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>().RunOnceAsync(abort.Token);
        Assert.Equal((MessageState.Pending, null), (Assert.Single(await host.MessagesAsync()).State, (await host.MessagesAsync())[0].SendingSince));
        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Single(host.Acme.Sends);
    }

    private static async Task<Host> QueuedAsync()
    {
        var host = await Host.StartAsync();
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        return host;
    }

    private static IMessageInbox Passing(
        Host host, Func<LaneLease, Guid, CancellationToken, Task<bool>>? mark = null, Func<LaneLease, IReadOnlyList<MessageSettlement>, Task<bool>>? settle = null)
    {
        mark ??= host.Inbox.MarkSendingAsync;
        settle ??= (lease, settlements) => host.Inbox.SettleAsync(lease, settlements);
        var inbox = Substitute.For<IMessageInbox>();
        inbox.LeaseLanesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.LeaseLanesAsync(c.Arg<LaneLeaseRequest>()));
        inbox.MarkSendingAsync(null!, default, Host.Ct).ReturnsForAnyArgs(c => mark(c.Arg<LaneLease>(), c.Arg<Guid>(), c.Arg<CancellationToken>()));
        inbox.SettleAsync(null!, null!, Host.Ct).ReturnsForAnyArgs(c => settle(c.Arg<LaneLease>(), c.Arg<IReadOnlyList<MessageSettlement>>()));
        inbox.ReleaseAsync(null!, null, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.ReleaseAsync(c.Arg<LaneLease>(), c.Arg<TimeSpan?>()));
        return inbox;
    }

    private static async Task<Host> ParkAsync(Exception exception)
    {
        var host = await Host.StartAsync();
        host.Acme.OnSend = (_, _) => throw exception;
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        await host.WorkAsync();
        return host;
    }

    private static async Task EchoAsync(Host host, string? metadata, string messageId)
    {
        await host.ReceiveAsync(new InboundEvent
        {
            Kind = InboundEventKind.Echo, AccountId = "page-1", EventId = $"echo-{metadata}{messageId}", ContactId = "ann", MessageId = messageId, Metadata = metadata, IsOwnEcho = true,
        });
        await host.WorkAsync();
    }
}
