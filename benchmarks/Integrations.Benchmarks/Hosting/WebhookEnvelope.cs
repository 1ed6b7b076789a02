using System.Text.Json.Serialization;

namespace Integrations.Benchmarks.Hosting;

/// <summary>The envelope as a plain program would declare it.</summary>
internal sealed record WebhookEnvelope(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("entry")] WebhookEntry[] Entry);

internal sealed record WebhookEntry(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("time")] long Time,
    [property: JsonPropertyName("messaging")] WebhookItem[] Messaging);

internal sealed record WebhookItem(
    [property: JsonPropertyName("sender")] WebhookParty Sender,
    [property: JsonPropertyName("recipient")] WebhookParty Recipient,
    [property: JsonPropertyName("timestamp")] long Timestamp,
    [property: JsonPropertyName("message")] WebhookMessage Message);

internal sealed record WebhookParty([property: JsonPropertyName("id")] string Id);

internal sealed record WebhookMessage(
    [property: JsonPropertyName("mid")] string Mid,
    [property: JsonPropertyName("text")] string Text);

[JsonSerializable(typeof(WebhookEnvelope))]
internal sealed partial class WebhookEnvelopeJson : JsonSerializerContext;
