using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

/// <summary>Which messages of a lane are settled together, and which are not kept waiting.</summary>
public sealed class SettlingTests
{
    [Fact]
    public async Task Messages_that_nothing_follows_from_are_settled_in_one_call()
    {
        await using var host = await Host.StartAsync();
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.None);
        await host.ReceiveAsync([.. Enumerable.Range(0, 7).Select(i => Host.Text($"{i}"))]);
        var (inbox, calls) = Recording(host);

        await host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>().RunOnceAsync(Host.Ct);

        Assert.Equal([7], calls.Select(c => c.Count));
        Assert.All(await host.MessagesAsync(), m => Assert.Equal(MessageState.Done, m.State));
        Assert.Equal(7, (await host.ReadAsync()).Record.MessageCount);
    }

    [Fact]
    public async Task An_answer_goes_out_at_once_with_what_is_finished_before_it()
    {
        await using var host = await Host.StartAsync();
        host.Agent.OnMessage = (context, _) => Task.FromResult(context.Event.Text == "question" ? MessageReply.Text("answer") : MessageReply.None);
        await host.ReceiveAsync(Host.Text("one"), Host.Text("question"), Host.Text("two"), Host.Text("three"));
        var (inbox, calls) = Recording(host);

        await host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>().RunOnceAsync(Host.Ct);

        Assert.Equal([2, 2], calls.Select(c => c.Count));
        Assert.Single(calls[0][1].FollowUps);
    }

    [Fact]
    public async Task A_finished_message_does_not_wait_for_a_neighbour_the_agent_thinks_about()
    {
        await using var host = await Host.StartAsync();
        var (thinking, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Agent.OnMessage = async (context, _) =>
        {
            if (context.Event.Text != "slow")
                return MessageReply.None;
            thinking.SetResult();
            await gate.Task;
            return MessageReply.None;
        };
        await host.ReceiveAsync(Host.Text("quick"), Host.Text("slow"));

        var run = host.Get<LaneWorker>().RunOnceAsync(Host.Ct);
        await thinking.Task;
        await host.PumpAsync(Task.Run(
            async () =>
            {
                while ((await host.MessagesAsync())[0].State != MessageState.Done)
                    await Task.Yield();
                return true;
            },
            Host.Ct));
        Assert.Equal(MessageState.Pending, (await host.MessagesAsync())[1].State);
        gate.SetResult();
        await run;
        Assert.All(await host.MessagesAsync(), m => Assert.Equal(MessageState.Done, m.State));
    }

    private static (IMessageInbox Inbox, List<IReadOnlyList<MessageSettlement>> Calls) Recording(Host host)
    {
        var calls = new List<IReadOnlyList<MessageSettlement>>();
        var inbox = Substitute.For<IMessageInbox>();
        inbox.LeaseLanesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.LeaseLanesAsync(c.Arg<LaneLeaseRequest>()));
        inbox.ReleaseAsync(null!, null, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.ReleaseAsync(c.Arg<LaneLease>(), c.Arg<TimeSpan?>()));
        inbox.SettleAsync(null!, null!, Host.Ct).ReturnsForAnyArgs(c =>
        {
            calls.Add(c.Arg<IReadOnlyList<MessageSettlement>>());
            return host.Inbox.SettleAsync(c.Arg<LaneLease>(), c.Arg<IReadOnlyList<MessageSettlement>>());
        });
        return (inbox, calls);
    }
}
