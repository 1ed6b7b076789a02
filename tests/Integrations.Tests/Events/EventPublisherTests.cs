using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Events;

public sealed class EventPublisherTests
{
    [Fact]
    public async Task Listener_that_throws_is_logged_and_neither_the_others_nor_the_flow_notice()
    {
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationEvents, ThrowingListener>());

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Connected, result.Outcome);
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.Kinds);
        Assert.Contains(runtime.Logs.Lines, l => l.Contains("ListenerFailed", StringComparison.Ordinal) && l.Contains(nameof(ThrowingListener), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_names_integration_chat_type_time_and_whom_the_owner_wants_told()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "notification_email": "owner@example.com" }""");

        var key = (await runtime.ConnectAsync()).Key;

        var told = runtime.Events.All[0];
        Assert.Equal((key, runtime.ChatId, runtime.Platform.Type, runtime.Time.GetUtcNow()), (told.Key, told.ChatId, told.Type, told.OccurredAt));
        Assert.Equal(("owner@example.com", "Name of page-1"), (told.NotificationEmail, told.AccountName));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"notification_email":""}""")]
    [InlineData("""{"notification_email":5}""")]
    [InlineData("not json at all")]
    public async Task Address_that_is_missing_or_no_text_is_null(string details)
    {
        await using var runtime = new TestRuntime();
        var key = new IntegrationKey(runtime.ClientId, Guid.CreateVersion7());
        var stored = new StoredIntegration
        {
            Record = new IntegrationRecord { IntegrationId = key.IntegrationId, ClientId = key.ClientId, ChatId = runtime.ChatId, Type = runtime.Platform.Type, Details = details },
            Connection = new ConnectionRecord { IntegrationId = key.IntegrationId, ClientId = key.ClientId },
        };
        var happened = runtime.Get<EventFactory>().Create(IntegrationEventKind.Degraded, new EventData());

        Assert.Null(EventReader.Read(happened, happened.Id, stored, new EventData()).NotificationEmail);
    }

    private sealed class ThrowingListener : IIntegrationEvents
    {
        public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default) => throw new InvalidOperationException("host bug");
    }
}
