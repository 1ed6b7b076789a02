using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

public sealed class LaneTests
{
    [Fact]
    public async Task Messages_of_a_contact_never_overlap_nor_overtake_while_contacts_go_side_by_side()
    {
        await using var host = await Host.StartAsync();
        var running = new ConcurrentDictionary<string, int>();
        var (overlaps, sideBySide) = (0, 0);
        host.Agent.OnMessage = async (context, _) =>
        {
            if (running.AddOrUpdate(context.ContactId, 1, (_, n) => n + 1) > 1)
                Interlocked.Increment(ref overlaps);
            if (running.Count(r => r.Value > 0) > 1)
                Interlocked.Increment(ref sideBySide);
            await Task.Delay(1, Host.Ct);
            running.AddOrUpdate(context.ContactId, 0, (_, n) => n - 1);
            return MessageReply.None;
        };
        var workers = new[] { host, host.Another(), host.Another() }.Select(h => h.Get<LaneWorker>()).ToList();

        await host.ReceiveAsync([.. Enumerable.Range(0, 200).Select(i => Host.Text($"{i}", contact: $"contact{i % 10}"))]);
        await Task.WhenAll(workers.Select(async w =>
        {
            while (await w.RunOnceAsync(Host.Ct) > 0)
            {
            }
        }));
        await host.WorkAsync();

        Assert.Equal(200, host.Agent.Asked.Count);
        Assert.Equal(0, overlaps);
        Assert.NotEqual(0, sideBySide);
        foreach (var contact in host.Agent.Asked.GroupBy(a => a.ContactId))
            Assert.Equal(contact.Select(a => int.Parse(a.Event.Text!, System.Globalization.CultureInfo.InvariantCulture)).Order(), contact.Select(a => int.Parse(a.Event.Text!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_message_of_a_killed_host_is_handled_again_after_its_lease_with_exactly_one_reply()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Host.Text("hello"));
        var killed = Assert.Single(await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "killed", MaxLanes = 5, Lease = TimeSpan.FromSeconds(30) }, Host.Ct));

        await host.WorkAsync();
        Assert.Empty(host.Agent.Asked); // still leased
        host.Time.Advance(TimeSpan.FromSeconds(30));
        await host.WorkAsync();

        Assert.Equal(["echo: hello"], host.Acme.SentTexts);
        // The killed one was only asleep: what it writes now changes nothing.
        var settlement = new MessageSettlement { MessageId = killed.Messages[0].Id, State = MessageState.Failed };
        Assert.False(await host.Inbox.SettleAsync(killed, [settlement], Host.Ct));
        Assert.Empty(await host.Inbox.RenewAsync([killed], TimeSpan.FromSeconds(30), Host.Ct));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_while_the_agent_thought_sends_no_second_reply()
    {
        await using var host = await Host.StartAsync();
        var (isIn, gate, calls) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        host.Agent.OnMessage = async (_, _) =>
        {
            var call = Interlocked.Increment(ref calls);
            if (call == 1)
            {
                isIn.SetResult();
                await gate.Task; // the zombie does not heed its token
            }

            return MessageReply.Text($"answer {call}");
        };
        await host.ReceiveAsync(Host.Text("hello"));

        var zombie = host.Get<LaneWorker>().RunOnceAsync(Host.Ct);
        await isIn.Task;
        host.Time.Advance(TimeSpan.FromSeconds(31));
        while (await host.Another().Get<LaneWorker>().RunOnceAsync(Host.Ct) > 0)
        {
        }

        gate.SetResult();
        await zombie;
        await host.WorkAsync();

        Assert.Equal(2, host.Agent.Asked.Count);
        Assert.Equal(["answer 2"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task The_agent_s_token_ends_when_the_lease_is_lost()
    {
        await using var host = await Host.StartAsync();
        var ended = new TaskCompletionSource();
        host.Agent.OnMessage = async (_, ct) =>
        {
            await using var registration = ct.Register(() => ended.TrySetResult());
            await Task.Delay(Timeout.Infinite, ct);
            return MessageReply.None;
        };
        await host.ReceiveAsync(Host.Text("hello"));
        var worker = host.Get<LaneWorker>();
        var run = worker.RunOnceAsync(Host.Ct);
        while (host.Agent.Asked.IsEmpty)
            await Task.Yield();

        host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Single(await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "another", MaxLanes = 5, Lease = TimeSpan.FromSeconds(30) }, Host.Ct));
        await worker.RenewAsync(Host.Ct);

        await ended.Task;
        await run;
        Assert.Equal((MessageState.Pending, 0), ((await host.MessagesAsync())[0].State, (await host.MessagesAsync())[0].Attempts));
    }

    [Fact]
    public async Task A_sign_of_life_keeps_the_lane()
    {
        await using var host = await Host.StartAsync();
        var gate = new TaskCompletionSource();
        host.Agent.OnMessage = async (_, _) =>
        {
            await gate.Task;
            return MessageReply.Text("done");
        };
        await host.ReceiveAsync(Host.Text("hello"));
        var worker = host.Get<LaneWorker>();
        var run = worker.RunOnceAsync(Host.Ct);
        while (host.Agent.Asked.IsEmpty)
            await Task.Yield();

        for (var i = 0; i < 10; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(20));
            await worker.RenewAsync(Host.Ct);
            Assert.Equal(0, await host.Another().Get<LaneWorker>().RunOnceAsync(Host.Ct));
        }

        gate.SetResult();
        await run;
        await host.WorkAsync();
        Assert.Equal(["done"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task A_throwing_handler_is_asked_again_with_growing_pauses_then_the_message_is_set_aside_and_told()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(2));
        host.Agent.OnMessage = (_, _) => throw new InvalidOperationException("the handler's own words");
        await host.ReceiveAsync(Host.Text("poison"), Host.Text("next"));

        double[] pauses = [1, 5, 25, 125, 600];
        foreach (var pause in pauses)
        {
            var asked = host.Agent.Asked.Count;
            await host.WorkAsync();
            Assert.Equal(asked + 1, host.Agent.Asked.Count);
            host.Time.Advance(TimeSpan.FromSeconds(pause * 0.79));
            await host.WorkAsync();
            Assert.Equal(asked + 1, host.Agent.Asked.Count); // neither again nor the next message
            host.Time.Advance(TimeSpan.FromSeconds(pause * 0.42));
        }

        host.Agent.OnMessage = (context, _) => context.Event.Text == "poison" ? throw new InvalidOperationException() : Task.FromResult(MessageReply.Text("fine"));
        await host.WorkAsync();

        Assert.Equal(["fine"], host.Acme.SentTexts);
        var inbound = await host.MessagesAsync(MessageDirection.Inbound);
        Assert.Equal([MessageState.Failed, MessageState.Done], inbound.Select(m => m.State));
        Assert.Equal(Enumerable.Range(0, 6), host.Agent.Asked.Where(a => a.Event.Text == "poison").Select(a => a.Attempt));
        Assert.DoesNotContain("own words", inbound[0].LastError, StringComparison.Ordinal);
        var failed = Assert.Single(host.Events.All, e => e.Kind == IntegrationEventKind.MessageFailed);
        Assert.Equal((inbound[0].Id, "ann"), (failed.MessageId, failed.ContactId));
        Assert.Equal(2, host.Events.Count(IntegrationEventKind.MessageReceived)); // once each, although handed out six times
    }

    [Fact]
    public async Task A_message_that_was_set_aside_can_be_put_back()
    {
        await using var host = await Host.StartAsync(configure: o => o.MaxAttempts = 1);
        host.Agent.OnMessage = (_, _) => throw new InvalidOperationException();
        await host.ReceiveAsync(Host.Text("hello"));
        await host.WorkAsync();
        var failed = Assert.Single(await host.MessagesAsync());
        Assert.Equal(MessageState.Failed, failed.State);
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.Text("fine"));

        Assert.True(await host.Inbox.RequeueAsync(Host.Key, failed.Id, Host.Ct));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.WorkAsync();

        Assert.Equal(["fine"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task A_reply_is_written_with_its_message_or_not_at_all()
    {
        // The host dies after the agent answered and before the settlement: the answer is gone with it, and made again once.
        await using var host = await Host.StartAsync();
        var inbox = Substitute.For<IMessageInbox>();
        inbox.LeaseLanesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.LeaseLanesAsync(c.Arg<LaneLeaseRequest>()));
        inbox.SettleAsync(null!, null!, Host.Ct).ReturnsForAnyArgs<bool>(_ => throw new TimeoutException("killed"));
        inbox.ReleaseAsync(null!, null, Host.Ct).ReturnsForAnyArgs(_ => throw new TimeoutException("killed"));
        await host.ReceiveAsync(Host.Text("hello"));

        await host.PumpAsync(host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>().RunOnceAsync(Host.Ct), TimeSpan.FromSeconds(5));
        Assert.Single(await host.MessagesAsync());
        host.Time.Advance(TimeSpan.FromSeconds(31));
        await host.WorkAsync();

        Assert.Equal(2, host.Agent.Asked.Count);
        Assert.Equal(["echo: hello"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task A_message_is_told_of_though_the_first_attempt_broke_off_before()
    {
        await using var host = await Host.StartAsync();
        var contacts = Substitute.For<IContactStore>();
        var faults = 2;
        contacts.TouchAsync(default, null!, default, Host.Ct).ReturnsForAnyArgs(c => faults-- > 0
            ? throw new TimeoutException("database") : host.Contacts.TouchAsync(c.Arg<IntegrationKey>(), c.Arg<string>(), c.Arg<DateTime>()));
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.None);
        await host.ReceiveAsync(Host.Text("hello"));
        var worker = host.Another(s => s.AddSingleton(contacts)).Get<LaneWorker>();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(1, await worker.RunOnceAsync(Host.Ct));
            host.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(MessageState.Done, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageReceived));
    }

    [Fact]
    public async Task The_running_worker_is_woken_by_what_is_stored_and_stops_with_all_lanes_given_back()
    {
        await using var host = await Host.StartAsync();
        var gate = new TaskCompletionSource();
        host.Agent.OnMessage = async (context, _) =>
        {
            if (context.Event.Text == "slow")
                await gate.Task;
            return MessageReply.Text(context.Event.Text!);
        };
        var worker = host.Get<LaneWorker>();
        await worker.StartAsync(Host.Ct);

        await host.ReceiveAsync(Host.Text("quick")); // the clock stands still: only the signal can wake it
        while (host.Acme.Sends.IsEmpty)
            await Task.Yield();
        await host.ReceiveAsync(Host.Text("slow"), Host.Text("after"));
        while (host.Agent.Asked.Count < 2)
            await Task.Yield();
        var stop = worker.StopAsync(Host.Ct);
        gate.SetResult();
        await stop;

        // The one under way was finished, the next not begun, and both lanes are free at once.
        Assert.Equal(2, host.Agent.Asked.Count);
        var states = (await host.MessagesAsync(MessageDirection.Inbound)).Select(m => m.State);
        Assert.Equal([MessageState.Done, MessageState.Done, MessageState.Pending], states);
        Assert.Equal(2, (await host.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "next", MaxLanes = 9, Lease = TimeSpan.FromSeconds(1) }, Host.Ct)).Count);
    }

    [Fact]
    public async Task An_outage_of_the_database_is_waited_out()
    {
        await using var host = await Host.StartAsync();
        var faults = 5;
        var inbox = Substitute.For<IMessageInbox>();
        inbox.LeaseLanesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => faults-- > 0 ? throw new TimeoutException("database") : host.Inbox.LeaseLanesAsync(c.Arg<LaneLeaseRequest>()));
        inbox.SettleAsync(null!, null!, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.SettleAsync(c.Arg<LaneLease>(), c.Arg<IReadOnlyList<MessageSettlement>>()));
        inbox.MarkSendingAsync(null!, Guid.Empty, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.MarkSendingAsync(c.Arg<LaneLease>(), c.Arg<Guid>()));
        inbox.ReleaseAsync(null!, null, Host.Ct).ReturnsForAnyArgs(c => host.Inbox.ReleaseAsync(c.Arg<LaneLease>(), c.Arg<TimeSpan?>()));
        await host.ReceiveAsync(Host.Text("hello"));
        var worker = host.Another(s => s.AddSingleton(inbox)).Get<LaneWorker>();

        await worker.StartAsync(Host.Ct);
        var sent = Task.Run(async () =>
        {
            while (host.Acme.Sends.IsEmpty)
                await Task.Yield();
            return true;
        }, Host.Ct);
        await host.PumpAsync(sent);
        await host.PumpAsync(Task.Run(async () =>
        {
            await worker.StopAsync(Host.Ct);
            return true;
        }, Host.Ct));

        Assert.Equal(["echo: hello"], host.Acme.SentTexts);
    }
}
