using System.Globalization;
using System.Text.Json;
using Integrations.Benchmarks.Hosting;

namespace Integrations.Benchmarks.Durable;

/// <summary>What a hand-written webhook would store of an envelope: the item as it came, under its message id.</summary>
internal static class HandWrittenRows
{
    public static NewMessage Of(WebhookEnvelope envelope)
    {
        var item = envelope.Entry[0].Messaging[0];
        return new NewMessage
        {
            Id = Guid.CreateVersion7(),
            Key = ConnectedPage.Key,
            Direction = MessageDirection.Inbound,
            Lane = string.Create(CultureInfo.InvariantCulture, $"in:{ConnectedPage.Key.IntegrationId:N}:{item.Sender.Id}"),
            DedupeKey = $"in:{item.Message.Mid}",
            ContactId = item.Sender.Id,
            Kind = "message",
            Payload = JsonSerializer.Serialize(item, WebhookEnvelopeJson.Default.WebhookItem),
            ReceivedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
    }
}
