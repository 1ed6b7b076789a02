using Integrations;
using Integrations.Notifications.Email;
using Microsoft.Extensions.DependencyInjection;

// host, port, TLS mode, id of the notice. Ends with 0 if it was sent, 2 if a setting is wrong, 1 otherwise.
var services = new ServiceCollection();
services.AddLogging();
new IntegrationsBuilder(services).AddEmailNotifications(o =>
{
    o.Host = args[0];
    o.Port = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
    o.Tls = Enum.Parse<EmailTls>(args[2]);
    o.UserName = "alerts";
    o.Password = "right";
    o.From = "alerts@example.com";
});
await using var provider = services.BuildServiceProvider();
try
{
    await provider.GetRequiredService<IOwnerNotifier>().NotifyAsync(new OwnerNotice
    {
        Id = Guid.Parse(args[3]),
        Kind = IntegrationEventKind.ReconnectRequired,
        Recipient = "owner@example.com",
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        ChatId = Guid.CreateVersion7(),
        Type = IntegrationType.Facebook,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Subject = "Reconnect",
        Text = "Connect it again.",
    });
    return 0;
}
catch (EmailNotificationException e)
{
    Console.WriteLine(e.Message);
    return e.Kind == IntegrationErrorKind.Configuration ? 2 : 1;
}
