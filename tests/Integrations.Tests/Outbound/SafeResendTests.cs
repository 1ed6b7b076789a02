namespace Integrations.Tests;

/// <summary>A platform that takes the same reference once, as the chat widget does: what is of unknown outcome is sent again.</summary>
public sealed class SafeResendTests
{
    private static readonly MessagingPolicy Safe = new() { IsSafeToResend = true };

    [Fact]
    public async Task A_send_that_was_cut_off_is_sent_again_under_its_reference()
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = Safe });
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        var lease = Assert.Single(await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "killed", MaxLanes = 1, Lease = TimeSpan.FromSeconds(30) }, Host.Ct));
        Assert.True(await host.Inbox.MarkSendingAsync(lease, lease.Messages[0].Id, Host.Ct));
        host.Time.Advance(TimeSpan.FromSeconds(30));

        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(lease.Messages[0].Id.ToString("N"), Assert.Single(host.Acme.Sends).Reference);
    }

    [Fact]
    public async Task A_send_whose_answer_was_lost_is_tried_again_instead_of_parked()
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = Safe, OnSend = (_, _) => throw new TimeoutException() });
        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("hi"), ct: Host.Ct);
        await host.WorkAsync();
        Assert.Equal(MessageState.Pending, Assert.Single(await host.MessagesAsync()).State);
        host.Acme.OnSend = null;
        host.Time.Advance(TimeSpan.FromSeconds(2));

        await host.WorkAsync();

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
    }
}
