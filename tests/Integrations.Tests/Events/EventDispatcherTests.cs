using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Events;

/// <summary>At least once for each listener, in order, across crashes.</summary>
public sealed class EventDispatcherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listener_that_throws_is_called_again_after_a_pause_and_the_others_are_not()
    {
        var refusing = new Refusing();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationEvents>(refusing));
        await runtime.ConnectAsync();
        Assert.Single(runtime.Events.All);
        Assert.Single(refusing.Seen);

        Assert.Single(runtime.Events.All); // not before the pause is over
        Assert.Single(refusing.Seen);
        runtime.Time.Advance(TimeSpan.FromSeconds(3));
        refusing.Refuses = false;

        Assert.Single(runtime.Events.All);
        Assert.Equal(2, refusing.Seen.Count);
        Assert.Equal(refusing.Seen[0].Id, refusing.Seen[1].Id);
        runtime.Time.Advance(TimeSpan.FromDays(1));
        Assert.Single(runtime.Events.All);
        Assert.Equal(2, refusing.Seen.Count);
    }

    [Fact]
    public async Task Refused_event_holds_back_later_ones_from_its_listener_only_until_it_is_given_up()
    {
        var refusing = new Refusing();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationEvents>(refusing));
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.Connector.DisconnectAsync(key, Ct);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Disconnected], runtime.Events.Kinds);
        Assert.All(refusing.Seen, e => Assert.Equal(IntegrationEventKind.Connected, e.Kind));

        runtime.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Disconnected], runtime.Events.Kinds);
        Assert.Equal(IntegrationEventKind.Disconnected, refusing.Seen[^1].Kind);
        Assert.Contains(runtime.Logs.Lines, l => l.Contains("EventGivenUp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Listener_that_was_down_for_a_day_gets_everything_in_order_once_it_is_back_while_the_other_missed_nothing()
    {
        var refusing = new Refusing();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton<IIntegrationEvents>(refusing));
        List<ConnectionCause> happened = [];
        for (var hour = 0; hour < 24; hour++)
        {
            happened.Add(hour % 2 == 0 ? ConnectionCause.PolicyBlocked : ConnectionCause.PolicyLifted);
            Assert.True(await host.Get<ConnectionTransitions>().MoveAsync(await host.ReadAsync(), happened[^1], ct: Ct));
            // Told at once, whatever the other still owes.
            Assert.Equal(happened.Select(ConnectionStateMachine.CodeOf), host.Events.All.Select(e => e.Cause));
            Assert.Single(refusing.Seen.DistinctBy(e => e.Id));
            host.Time.Advance(TimeSpan.FromHours(1));
        }

        refusing.Seen.Clear();
        refusing.Refuses = false;
        host.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(24, host.Events.All.Count);
        Assert.Equal(happened.Select(ConnectionStateMachine.CodeOf), refusing.Seen.Select(e => e.Cause));
    }

    [Fact]
    public async Task Two_listeners_that_fail_in_turn_each_keep_their_order()
    {
        Refusing first = new(), second = new();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton<IIntegrationEvents>(first).AddSingleton<IIntegrationEvents>(second));
        second.Refuses = false;
        await MoveAsync(ConnectionCause.PolicyBlocked);
        (first.Refuses, second.Refuses) = (false, true);
        await MoveAsync(ConnectionCause.PolicyLifted); // the first still owes the block, and its pause is not over
        await MoveAsync(ConnectionCause.PolicyBlocked);
        Assert.Equal(["policy_blocked"], first.Seen.Select(e => e.Cause));
        second.Refuses = false;
        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, host.Events.All.Count);

        Assert.Equal(["policy_blocked", "policy_lifted", "policy_blocked"], first.Taken.Select(e => e.Cause));
        Assert.Equal(["policy_blocked", "policy_lifted", "policy_blocked"], second.Taken.Select(e => e.Cause));

        async Task MoveAsync(ConnectionCause cause)
        {
            Assert.True(await host.Get<ConnectionTransitions>().MoveAsync(await host.ReadAsync(), cause, ct: Ct));
            await host.Get<EventDispatcher>().DispatchAsync(Ct);
        }
    }

    [Fact]
    public async Task Event_of_a_host_that_died_before_it_told_it_is_told_by_another()
    {
        await using var host = await Host.StartAsync();
        var stored = await host.ReadAsync();
        Assert.True(await host.Get<ConnectionTransitions>().MoveAsync(stored, ConnectionCause.GrantLost, ct: Ct));
        // The first host has leased it, and dies.
        Assert.Single(await host.Get<IEventOutbox>().LeaseAsync("the dead one", 10, TimeSpan.FromMinutes(10), Ct));
        var other = host.Another();
        Assert.Equal(0, await other.Get<EventDispatcher>().DispatchAsync(Ct));

        host.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(1, await other.Get<EventDispatcher>().DispatchAsync(Ct));
        var told = Assert.Single(host.Events.All);
        Assert.Equal((IntegrationEventKind.ReconnectRequired, ConnectionState.ReconnectRequired, "grant_lost"), (told.Kind, told.State, told.Cause));
    }

    [Fact]
    public async Task Listener_that_refuses_a_message_gets_it_later_under_the_same_id_and_the_message_is_handled_meanwhile()
    {
        var refusing = new Refusing();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton<IIntegrationEvents>(refusing));
        await host.ReceiveAsync(Host.Text("hello", "m-1"));
        await host.WorkAsync();
        var message = Assert.Single(await host.MessagesAsync(MessageDirection.Inbound));
        Assert.Equal(MessageState.Done, message.State);
        refusing.Refuses = false;
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageReceived));

        Assert.Equal([message.Id, message.Id], refusing.Seen.Where(e => e.Kind == IntegrationEventKind.MessageReceived).Select(e => e.Id));
        Assert.DoesNotContain(await host.Get<IEventOutbox>().ListAsync(Host.Key, null, 10, Ct), e => e.ContactId is not null);
    }

    [Fact]
    public async Task History_is_swept_after_its_retention()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        Assert.Single(runtime.Events.All);
        runtime.Time.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await runtime.Get<EventDispatcher>().SweepAsync(Ct));
        runtime.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await runtime.Get<EventDispatcher>().SweepAsync(Ct));
        Assert.Empty(await runtime.Get<IEventOutbox>().ListAsync(key, null, 10, Ct));
    }

    private sealed class Refusing : IIntegrationEvents
    {
        public bool Refuses { get; set; } = true;

        public List<IntegrationEvent> Seen { get; } = [];

        public List<IntegrationEvent> Taken { get; } = [];

        public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
        {
            Seen.Add(integrationEvent);
            if (!Refuses)
                Taken.Add(integrationEvent);
            return Refuses ? throw new InvalidOperationException("host bug") : Task.CompletedTask;
        }
    }
}
