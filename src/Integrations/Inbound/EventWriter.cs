using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integrations;

/// <summary>
/// Writes events in their stored form, the one <see cref="MessageJson"/> reads. By hand, with one buffer for a whole batch: this
/// is the largest part of what accepting an event costs. What is null or false is left out. Not thread-safe.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    // Stored, never put into a page: the relaxed encoder keeps other scripts and quotes short instead of six characters each.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;

    public EventWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    public string Write(InboundEvent inboundEvent)
    {
        _json.WriteStartObject();
        _json.WriteString(Names.Kind, inboundEvent.Kind.Value);
        _json.WriteString(Names.AccountId, inboundEvent.AccountId);
        _json.WriteString(Names.EventId, inboundEvent.EventId);
        WriteText(Names.ContactId, inboundEvent.ContactId);
        if (inboundEvent.OccurredAt is { } occurredAt)
            _json.WriteString(Names.OccurredAt, occurredAt);
        WriteText(Names.MessageId, inboundEvent.MessageId);
        WriteText(Names.Text, inboundEvent.Text);
        WriteText(Names.Payload, inboundEvent.Payload);
        WriteText(Names.ReplyToMessageId, inboundEvent.ReplyToMessageId);
        // Also when empty: generated reading code gives an init-only property that is missing null, not its initial value.
        WriteAttachments(inboundEvent.Attachments);
        WriteText(Names.Metadata, inboundEvent.Metadata);
        WriteFlag(Names.IsOwnEcho, inboundEvent.IsOwnEcho);
        WriteFlag(Names.IsStandby, inboundEvent.IsStandby);
        WriteText(Names.Raw, inboundEvent.Raw);
        _json.WriteEndObject();
        _json.Flush();
        var text = Encoding.UTF8.GetString(_buffer.Written);
        _buffer.Clear();
        _json.Reset();
        return text;
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    private void WriteAttachments(IReadOnlyList<MessageAttachment> attachments)
    {
        _json.WriteStartArray(Names.Attachments);
        foreach (var attachment in attachments)
        {
            _json.WriteStartObject();
            _json.WriteString(Names.Type, attachment.Type);
            WriteText(Names.Url, attachment.Url);
            WriteText(Names.Title, attachment.Title);
            WriteText(Names.PlatformId, attachment.PlatformId);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteText(JsonEncodedText name, string? text)
    {
        if (text is not null)
            _json.WriteString(name, text);
    }

    private void WriteFlag(JsonEncodedText name, bool flag)
    {
        if (flag)
            _json.WriteBoolean(name, flag);
    }

    /// <summary>Encoded once: looking through a name for what must be escaped costs as much as writing it.</summary>
    private static class Names
    {
        public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
        public static readonly JsonEncodedText AccountId = JsonEncodedText.Encode("account_id");
        public static readonly JsonEncodedText EventId = JsonEncodedText.Encode("event_id");
        public static readonly JsonEncodedText ContactId = JsonEncodedText.Encode("contact_id");
        public static readonly JsonEncodedText OccurredAt = JsonEncodedText.Encode("occurred_at");
        public static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("message_id");
        public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
        public static readonly JsonEncodedText Payload = JsonEncodedText.Encode("payload");
        public static readonly JsonEncodedText ReplyToMessageId = JsonEncodedText.Encode("reply_to_message_id");
        public static readonly JsonEncodedText Metadata = JsonEncodedText.Encode("metadata");
        public static readonly JsonEncodedText IsOwnEcho = JsonEncodedText.Encode("is_own_echo");
        public static readonly JsonEncodedText IsStandby = JsonEncodedText.Encode("is_standby");
        public static readonly JsonEncodedText Raw = JsonEncodedText.Encode("raw");
        public static readonly JsonEncodedText Attachments = JsonEncodedText.Encode("attachments");
        public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
        public static readonly JsonEncodedText Url = JsonEncodedText.Encode("url");
        public static readonly JsonEncodedText Title = JsonEncodedText.Encode("title");
        public static readonly JsonEncodedText PlatformId = JsonEncodedText.Encode("platform_id");
    }
}
