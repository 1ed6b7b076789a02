using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Notifications.Email.Tests;

/// <summary>The whole way: a break is stored with its event, and the owner hears of it, also if the mail server wants to be asked again.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_break_reaches_a_grey_listed_owner_once_by_the_outbox_trying_again()
    {
        var server = await MailServer.GetAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://chat.example.com")).AddEmailNotifications(o =>
        {
            (o.Host, o.Port, o.Tls) = ("localhost", server.PlainPort, EmailTls.None);
            (o.UserName, o.Password, o.From) = ("alerts", "right", "alerts@example.com");
            o.Timeout = TimeSpan.FromSeconds(50);
        });
        using var host = builder.Build();
        await host.StartAsync(Ct);
        var (store, outbox) = (host.Services.GetRequiredService<IIntegrationStore>(), host.Services.GetRequiredService<IEventOutbox>());
        var key = await ConnectAsync(store, time);
        var broke = new NewEvent { Id = Guid.CreateVersion7(time.GetUtcNow()), Kind = IntegrationEventKind.ReconnectRequired, OccurredAt = time.GetUtcNow().UtcDateTime, Data = """{"account_name":"Acme"}""" };

        await store.ChangeStateAsync(key, new StateChange { To = ConnectionState.ReconnectRequired, At = broke.OccurredAt, Event = broke }, Ct);

        await UntilAsync(async () => (await EventAsync()).Attempts > 0);
        Assert.Empty(server.Mailbox.Find(MessageId()));
        server.OpenAtLast();
        await UntilAsync(async () => (await EventAsync()).DeliveredAt is not null);
        var mail = await server.Mailbox.ReceiveAsync(MessageId());
        Assert.Equal($"Connect {Platform()} account \"Acme\" again", mail.Subject);
        Assert.Single(server.Mailbox.Find(MessageId()));
        await host.StopAsync(Ct);

        string MessageId() => $"{broke.Id:N}@example.com";

        string Platform() => host.Services.GetRequiredService<IIntegrationCatalog>().Find(IntegrationType.Facebook)!.DisplayName;

        async Task<StoredEvent> EventAsync() => (await outbox.ListAsync(key, null, 10, Ct)).Single(e => e.Id == broke.Id);

        async Task UntilAsync(Func<Task<bool>> isSo)
        {
            while (!await isSo())
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(50, Ct); // for the mail server, whose time is real
            }
        }
    }

    private static async Task<IntegrationKey> ConnectAsync(IIntegrationStore store, TimeProvider time)
    {
        var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.CommitConnectionAsync(new ConnectionCommit
        {
            Key = key,
            ChatId = Guid.CreateVersion7(),
            Type = IntegrationType.Facebook,
            AccountId = "1",
            AccountName = "Acme",
            Details = """{"notification_email":"grey-at-first@example.com"}""",
            At = time.GetUtcNow().UtcDateTime,
        }, Ct);
        return key;
    }
}
