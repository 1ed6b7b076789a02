using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

public sealed class WebhookIntakeTests
{
    [Fact]
    public async Task A_batch_for_two_clients_reaches_the_right_owners_and_the_same_batch_again_nobody()
    {
        await using var host = await Host.StartAsync();
        var other = new IntegrationKey(Guid.NewGuid(), Guid.NewGuid());
        await host.ConnectAsync(other, "page-2", TimeSpan.FromHours(1));
        var batch = Enumerable.Range(0, 9).Select(i => Event($"e{i}", i < 6 ? "page-1" : "page-2", $"contact{i % 3}")).ToArray();

        var first = await host.ReceiveAsync(batch);
        var again = await host.ReceiveAsync(batch);

        Assert.Equal((9, 0, 0), (first.Accepted, first.Duplicates, first.Unrouted));
        Assert.Equal((0, 9, 0), (again.Accepted, again.Duplicates, again.Unrouted));
        Assert.Equal(6, (await host.MessagesAsync()).Count);
        Assert.Equal(3, (await host.Inbox.ListAsync(new MessageQuery { Key = other }, Host.Ct)).Count);
    }

    [Fact]
    public async Task Events_of_accounts_nobody_owns_are_counted_and_the_others_are_stored()
    {
        await using var host = await Host.StartAsync();

        var receipt = await host.ReceiveAsync(Event("a", "page-1"), Event("b", "page-9"), Event("c", "page-1"));

        Assert.Equal((2, 0, 1), (receipt.Accepted, receipt.Duplicates, receipt.Unrouted));
    }

    [Fact]
    public async Task A_call_that_is_not_genuine_is_refused_with_its_reason_and_nothing_is_looked_up()
    {
        var logs = new LogLines();
        await using var host = await Host.StartAsync(services: logs.AddTo);

        var receipt = await host.Get<IWebhookIntake>().ReceiveAsync(Acme.Type, new WebhookRequest
        {
            Method = "POST",
            PublicUri = new Uri("https://host.example/"),
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>(),
        }, Host.Ct);

        Assert.Equal((WebhookVerdict.Unverified, "signature_missing"), (receipt.Verdict, receipt.Reason));
        Assert.Contains(logs.Lines, l => l.Contains("signature_missing", StringComparison.Ordinal));
        Assert.Empty(await host.MessagesAsync());
    }

    [Theory]
    [InlineData("telegram", IntegrationErrorKind.NotAvailable)]
    [InlineData("facebook", IntegrationErrorKind.NotAvailable)]
    [InlineData("nobody-knows", IntegrationErrorKind.NotFound)]
    public async Task A_type_that_takes_no_webhooks_here_is_named(string type, IntegrationErrorKind kind)
    {
        await using var host = await Host.StartAsync();

        var e = await Assert.ThrowsAsync<IntegrationException>(() => host.Get<IWebhookIntake>().ReceiveAsync(IntegrationType.Parse(type), host.Acme.Deliver(), Host.Ct));

        Assert.Equal((kind, IntegrationType.Parse(type)), (e.Kind, e.Type));
    }

    [Fact]
    public async Task Events_of_another_platform_at_a_shared_address_reach_that_platforms_owner()
    {
        var relay = (IIntegrationProvider)Substitute.For([typeof(IIntegrationProvider), typeof(IWebhookReceiver)], []);
        relay.Descriptor.Returns(new IntegrationDescriptor { Type = IntegrationType.Parse("relay"), DisplayName = "Relay", Authorization = AuthorizationKind.None });
        ((IWebhookReceiver)relay).ReceiveAsync(null!, Host.Ct).ReturnsForAnyArgs(
            new WebhookResult { Verdict = WebhookVerdict.Accepted, Type = Acme.Type, Events = [Event("a", "page-1")] },
            WebhookResult.Accepted([Event("b", "page-1")]));
        await using var host = await Host.StartAsync(services: s => s.AddSingleton(relay));

        var shared = await host.Get<IWebhookIntake>().ReceiveAsync(IntegrationType.Parse("relay"), host.Acme.Deliver(), Host.Ct);
        var own = await host.Get<IWebhookIntake>().ReceiveAsync(IntegrationType.Parse("relay"), host.Acme.Deliver(), Host.Ct);

        Assert.Equal((1, 0), (shared.Accepted, shared.Unrouted));
        Assert.Equal((0, 1), (own.Accepted, own.Unrouted)); // the relay itself has no account of that id
        Assert.Single(await host.MessagesAsync());
    }

    [Fact]
    public async Task When_the_store_fails_nothing_is_acknowledged()
    {
        var inbox = Substitute.For<IMessageInbox>();
        inbox.AcceptAsync(null!, Host.Ct).ReturnsForAnyArgs<IReadOnlyList<AcceptOutcome>>(_ => throw new TimeoutException("database"));
        await using var host = await Host.StartAsync(services: s => s.AddSingleton(inbox));

        await Assert.ThrowsAsync<TimeoutException>(() => host.ReceiveAsync(Event("a", "page-1")));
    }

    [Fact]
    public async Task Every_field_of_an_event_survives_the_store()
    {
        await using var host = await Host.StartAsync();
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.None);
        await host.ReceiveAsync(new InboundEvent
        {
            Kind = InboundEventKind.Postback,
            AccountId = "page-1",
            EventId = "e",
            ContactId = "ann",
            OccurredAt = host.Time.GetUtcNow().AddSeconds(-3),
            MessageId = "mid",
            Text = "\"quoted\" žluťoučký 🐎 \0",
            Payload = "START",
            ReplyToMessageId = "earlier",
            Attachments = [new MessageAttachment { Type = "image", Url = "https://cdn.example/a.png", Title = "A", PlatformId = "9" }],
            Raw = """{"a":"\u0041\/"}""",
        });
        await host.WorkAsync();

        var read = Assert.Single(host.Agent.Asked).Event;

        Assert.Equal((InboundEventKind.Postback, "page-1", "e", "ann", "mid"), (read.Kind, read.AccountId, read.EventId, read.ContactId, read.MessageId));
        Assert.Equal(("\"quoted\" žluťoučký 🐎 \0", "START", "earlier", """{"a":"\u0041\/"}"""), (read.Text, read.Payload, read.ReplyToMessageId, read.Raw));
        Assert.Equal(host.Time.GetUtcNow().AddSeconds(-3), read.OccurredAt);
        var attachment = Assert.Single(read.Attachments);
        Assert.Equal(("image", "https://cdn.example/a.png", "A", "9"), (attachment.Type, attachment.Url, attachment.Title, attachment.PlatformId));
    }

    [Fact]
    public async Task A_stored_event_with_nothing_optional_reads_back_with_empty_lists()
    {
        await using var host = await Host.StartAsync();
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.None);

        await host.ReceiveAsync(Host.Text("hello"));
        await host.WorkAsync();

        Assert.Empty(Assert.Single(host.Agent.Asked).Event.Attachments);
    }

    [Fact]
    public async Task Messages_are_handled_in_the_order_they_came_also_within_one_millisecond()
    {
        await using var host = await Host.StartAsync();
        var texts = Enumerable.Range(0, 60).Select(i => $"{i}").ToArray();

        await host.ReceiveAsync([.. texts.Select(t => Host.Text(t))]);
        await host.WorkAsync();

        Assert.Equal(texts, host.Agent.Asked.Select(a => a.Event.Text));
        Assert.Equal(texts.Select(t => $"echo: {t}"), host.Acme.SentTexts);
    }

    private static InboundEvent Event(string id, string account, string contact = "ann") => new()
    {
        Kind = InboundEventKind.Message,
        AccountId = account,
        EventId = id,
        ContactId = contact,
        Text = "hello",
    };
}
