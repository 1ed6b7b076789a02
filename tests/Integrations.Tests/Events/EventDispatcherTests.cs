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
    public async Task Refused_event_holds_back_the_later_ones_of_its_integration_until_it_is_given_up()
    {
        var refusing = new Refusing();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationEvents>(refusing));
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.Connector.DisconnectAsync(key, Ct);
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.Kinds);

        runtime.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.Kinds.Take(1));
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Disconnected], runtime.Events.Kinds);
        Assert.Contains(runtime.Logs.Lines, l => l.Contains("EventGivenUp", StringComparison.Ordinal));
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

        public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
        {
            Seen.Add(integrationEvent);
            return Refuses ? throw new InvalidOperationException("host bug") : Task.CompletedTask;
        }
    }
}
