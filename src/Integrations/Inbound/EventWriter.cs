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
        _json.WriteString("kind"u8, inboundEvent.Kind.Value);
        _json.WriteString("account_id"u8, inboundEvent.AccountId);
        _json.WriteString("event_id"u8, inboundEvent.EventId);
        WriteText("contact_id"u8, inboundEvent.ContactId);
        if (inboundEvent.OccurredAt is { } occurredAt)
            _json.WriteString("occurred_at"u8, occurredAt);
        WriteText("message_id"u8, inboundEvent.MessageId);
        WriteText("text"u8, inboundEvent.Text);
        WriteText("payload"u8, inboundEvent.Payload);
        WriteText("reply_to_message_id"u8, inboundEvent.ReplyToMessageId);
        // Also when empty: generated reading code gives an init-only property that is missing null, not its initial value.
        WriteAttachments(inboundEvent.Attachments);
        WriteText("metadata"u8, inboundEvent.Metadata);
        WriteFlag("is_own_echo"u8, inboundEvent.IsOwnEcho);
        WriteFlag("is_standby"u8, inboundEvent.IsStandby);
        WriteText("raw"u8, inboundEvent.Raw);
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
        _json.WriteStartArray("attachments"u8);
        foreach (var attachment in attachments)
        {
            _json.WriteStartObject();
            _json.WriteString("type"u8, attachment.Type);
            WriteText("url"u8, attachment.Url);
            WriteText("title"u8, attachment.Title);
            WriteText("platform_id"u8, attachment.PlatformId);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteText(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            _json.WriteString(name, text);
    }

    private void WriteFlag(ReadOnlySpan<byte> name, bool flag)
    {
        if (flag)
            _json.WriteBoolean(name, flag);
    }
}
