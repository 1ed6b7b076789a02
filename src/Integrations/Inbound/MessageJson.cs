using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>The stored form of events and messages. Events are written by <see cref="EventWriter"/>.</summary>
internal static class MessageJson
{
    // Stored, never put into a page: the relaxed encoder keeps other scripts and quotes short instead of six characters each.
    private static readonly MessageJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<SenderAction>(), new JsonStringEnumConverter<MessagePurpose>() },
    });

    public static string Write(OutboundMessage message) => JsonSerializer.Serialize(message, Context.OutboundMessage);

    public static bool TryRead(StoredMessage message, [NotNullWhen(true)] out InboundEvent? inboundEvent)
    {
        try
        {
            inboundEvent = JsonSerializer.Deserialize(message.Payload, Context.InboundEvent);
        }
        catch (JsonException)
        {
            inboundEvent = null;
        }

        return inboundEvent is not null;
    }

    public static bool TryRead(StoredMessage message, [NotNullWhen(true)] out OutboundMessage? outboundMessage)
    {
        try
        {
            outboundMessage = JsonSerializer.Deserialize(message.Payload, Context.OutboundMessage);
        }
        catch (JsonException)
        {
            outboundMessage = null;
        }

        return outboundMessage is not null;
    }
}

[JsonSerializable(typeof(InboundEvent))]
[JsonSerializable(typeof(OutboundMessage))]
internal sealed partial class MessageJsonContext : JsonSerializerContext;
