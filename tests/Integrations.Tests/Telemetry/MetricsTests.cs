using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Integrations.Tests;

public sealed class MetricsTests
{
    private static readonly string[] AllowedTags = ["integrations.type", "integrations.state", "integrations.direction", "outcome", "error.type"];

    [Fact]
    public async Task Instruments_have_these_names_units_and_kinds()
    {
        await using var host = await Host.StartAsync();
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        host.Get<IntegrationsMetrics>();

        Assert.Equal(
        [
            "integrations.connections {connection} ObservableGauge",
            "integrations.connects {attempt} Counter",
            "integrations.dead_letters {message} Counter",
            "integrations.inbound.accept.duration s Histogram",
            "integrations.inbound.events {event} Counter",
            "integrations.inbound.handled {message} Counter",
            "integrations.inbound.process.duration s Histogram",
            "integrations.outbound.send.duration s Histogram",
            "integrations.refresh.due {connection} ObservableGauge",
            "integrations.refresh.duration s Histogram",
            "integrations.refresh.lease.wait s Histogram",
            "integrations.reply.duration s Histogram",
            "integrations.subscriptions.restored {subscription} Counter",
            "integrations.widget.events {event} Counter",
        ], tap.Instruments);
    }

    [Fact]
    public async Task A_message_is_measured_from_the_webhook_to_its_answer()
    {
        await using var host = await Host.StartAsync();
        using var tap = new MetricTap(host.Get<IMeterFactory>());

        var message = Host.Text("hello", "m");
        await host.ReceiveAsync(message, message, new InboundEvent { Kind = InboundEventKind.Message, AccountId = "nobody", EventId = "x" });
        host.Time.Advance(TimeSpan.FromSeconds(3));
        await host.WorkAsync();

        Assert.Equal(
        [
            "integrations.inbound.accept.duration integrations.type=acme outcome=accepted",
            "integrations.inbound.events integrations.type=acme outcome=accepted",
            "integrations.inbound.events integrations.type=acme outcome=duplicate",
            "integrations.inbound.events integrations.type=acme outcome=unrouted",
            "integrations.inbound.handled integrations.type=acme outcome=done",
            "integrations.inbound.process.duration integrations.type=acme outcome=done",
            "integrations.outbound.send.duration integrations.type=acme outcome=sent",
            "integrations.reply.duration integrations.type=acme",
        ], tap.Measured);
        Assert.Equal([3], tap.Of("integrations.inbound.process.duration"));
        Assert.Equal([3], tap.Of("integrations.reply.duration").Select(v => Math.Round(v)));
    }

    [Fact]
    public async Task A_webhook_that_is_not_genuine_or_not_stored_is_told_apart()
    {
        var inbox = Substitute.For<IMessageInbox>();
        inbox.AcceptAsync(Arg.Any<IReadOnlyList<NewMessage>>(), Arg.Any<CancellationToken>()).ThrowsAsync(new IOException());
        await using var host = await Host.StartAsync(services: s => s.AddSingleton(inbox));
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        var forged = new WebhookRequest { Method = "POST", PublicUri = new Uri("https://host.example/x"), Headers = new Dictionary<string, string>(), Query = new Dictionary<string, string>() };

        await host.Get<IWebhookIntake>().ReceiveAsync(Acme.Type, forged, Host.Ct);
        await Assert.ThrowsAsync<IOException>(() => host.ReceiveAsync(Host.Text("hello")));

        Assert.Equal(
        [
            "integrations.inbound.accept.duration integrations.type=acme outcome=failed error.type=System.IO.IOException",
            "integrations.inbound.accept.duration integrations.type=acme outcome=unverified",
        ], tap.Measured);
    }

    [Fact]
    public async Task A_message_set_aside_is_counted_once_with_its_cause()
    {
        await using var host = await Host.StartAsync();
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(ProviderErrorKind.RecipientOptedOut)));

        await host.ReceiveAsync(Host.Text("hello"));
        await host.WorkAsync();

        Assert.Contains("integrations.outbound.send.duration integrations.type=acme outcome=failed error.type=recipient_opted_out", tap.Measured);
        Assert.Equal(["integrations.dead_letters integrations.type=acme integrations.direction=outbound error.type=recipient_opted_out"],
            tap.Measured.Where(m => m.StartsWith("integrations.dead_letters", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_send_that_no_echo_proves_is_unknown_first_and_set_aside_then()
    {
        await using var host = await Host.StartAsync();
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        host.Acme.OnSend = (_, _) => throw new TimeoutException();
        await host.ReceiveAsync(Host.Text("hello"));
        await host.WorkAsync();

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.Get<UnknownSweep>().SweepAsync(Host.Ct);

        Assert.Contains("integrations.outbound.send.duration integrations.type=acme outcome=unknown error.type=outcome_unknown", tap.Measured);
        Assert.Contains("integrations.dead_letters integrations.type=acme integrations.direction=outbound error.type=outcome_unknown", tap.Measured);
    }

    [Fact]
    public async Task A_refresh_is_measured_with_its_outcome_and_so_is_waiting_for_anothers()
    {
        await using var host = await Host.StartAsync();
        var other = host.Another();
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        using var otherTap = new MetricTap(other.Get<IMeterFactory>());
        var answer = new TaskCompletionSource<TokenResult>();
        var asked = new TaskCompletionSource();
        host.Acme.OnRefresh = (_, _) =>
        {
            asked.TrySetResult();
            return answer.Task;
        };

        var first = host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        await asked.Task;
        var second = other.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        await host.PumpAsync(Task.Delay(TimeSpan.FromSeconds(5), host.Time, Host.Ct).ContinueWith(_ => 0, TaskScheduler.Default));
        answer.SetResult(TokenResult.Success(Acme.Tokens("fresh")));
        await first;
        await host.PumpAsync(second);

        Assert.Equal(["integrations.refresh.duration integrations.type=acme outcome=refreshed"], tap.Measured);
        Assert.Equal(["integrations.refresh.lease.wait integrations.type=acme outcome=answered"], otherTap.Measured);
        Assert.True(Assert.Single(otherTap.Values).Value > 0);

        tap.Clear();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired)));
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        Assert.Equal(["integrations.refresh.duration integrations.type=acme outcome=failed error.type=reconnect_required"], tap.Measured);
    }

    [Fact]
    public async Task No_tag_is_unlisted_and_none_holds_an_id()
    {
        await using var host = await Host.StartAsync();
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        await host.ReceiveAsync(Host.Text("hello", "m-4711", "contact-4711"));
        await host.WorkAsync();
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(Acme.Error(ProviderErrorKind.RecipientUnavailable, "code-4711")));
        await host.ReceiveAsync(Host.Text("again", "m-4712", "contact-4711"));
        await host.WorkAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(Acme.Tokens("fresh-token")));
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        await host.Get<CensusTaker>().TakeAsync(Host.Ct);
        tap.Observe();

        var tags = tap.Measured.SelectMany(m => m.Split(' ')[1..]).Distinct().ToList();
        Assert.All(tags, t => Assert.Contains(t.Split('=')[0], AllowedTags));
        string[] ids = [Host.Key.ClientId.ToString(), Host.Key.IntegrationId.ToString(), Host.ChatId.ToString(), "page-1", "4711", "4712", "fresh-token", "first"];
        Assert.All(tags, t => Assert.DoesNotContain(ids, id => t.Contains(id, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Connections_are_counted_beforehand_and_an_exporter_never_asks_the_database()
    {
        var store = new InterferingStore();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton<IIntegrationStore>(store));
        store.Inner = host.Memory;
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.Get<CensusTaker>().TakeAsync(Host.Ct);
        store.Inner = null!;

        tap.Observe();

        Assert.Equal(
        [
            "integrations.connections integrations.type=acme integrations.state=connected",
            "integrations.refresh.due integrations.type=acme",
        ], tap.Measured);
        Assert.All(tap.Values, v => Assert.Equal(1, v.Value));
    }

    [Fact]
    public async Task A_count_that_failed_leaves_no_old_one_behind()
    {
        var store = Substitute.For<IIntegrationStore>();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton(store));
        using var tap = new MetricTap(host.Get<IMeterFactory>());
        host.Get<ConnectionCensus>().Counts = [new ConnectionCount { Type = Acme.Type, State = ConnectionState.Connected, Count = 1 }];
        store.CountAsync(Arg.Any<DateTime>(), Arg.Any<CancellationToken>()).ThrowsAsync(new IOException());

        host.Get<IntegrationsMetrics>();
        await host.Get<CensusTaker>().TakeAsync(Host.Ct);
        tap.Observe();

        Assert.Empty(tap.Measured);
    }

    [Fact]
    public async Task Nothing_is_counted_where_nobody_collects_metrics()
    {
        var store = Substitute.For<IIntegrationStore>();
        await using var host = await Host.StartAsync(services: s => s.AddSingleton(store));

        await host.Get<CensusTaker>().TakeAsync(Host.Ct);

        await store.DidNotReceiveWithAnyArgs().CountAsync(default, Host.Ct);
    }

    [Theory]
    [InlineData("re:0193a000000070008000000000000001:0", true)]
    [InlineData("re:0193a000000070008000000000000001:1", false)]
    [InlineData("welcome:re:0193a000000070008000000000", false)]
    [InlineData("re:zzzzzzzzzzzz70008000000000000001:0", false)]
    [InlineData("re:ffffffffffff70008000000000000001:0", false)]
    public void The_first_part_of_an_answer_tells_when_its_question_came(string key, bool isFirst)
    {
        var at = MessageKeys.FindAnswered(key);

        Assert.Equal(isFirst, at is not null);
        if (at is { } arrived)
            Assert.Equal(0x0193a0000000, arrived.ToUnixTimeMilliseconds());
    }
}
