using System.Text.Json;

namespace Integrations.AspNetCore;

/// <summary>Writes a message of a conversation as browsers get it.</summary>
internal static class MessageWriter
{
    /// <summary>The visible id of a message: its key without the mark of its direction.</summary>
    public static string IdOf(ConversationMessage message) => message.MessageKey[(message.MessageKey.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <param name="json">The target.</param>
    /// <param name="message">The message.</param>
    /// <param name="addressOf">The address of an upload as of now. Null for the one that was kept.</param>
    public static void Write(Utf8JsonWriter json, ConversationMessage message, Func<string, Uri?> addressOf)
    {
        var isOwn = message.Author == ConversationAuthor.Contact;
        var id = IdOf(message);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("seq", message.Sequence);
        if (isOwn)
        {
            json.WriteString("clientId", id);
            json.WriteString("status", "sent");
        }

        json.WriteString("from", isOwn ? "visitor" : "agent");
        json.WriteString("at", DateTime.SpecifyKind(message.At, DateTimeKind.Utc));
        WritePayload(json, message.Payload, isOwn ? addressOf : static _ => null);
        json.WriteEndObject();
    }

    public static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<ConversationMessage> messages, Func<string, Uri?> addressOf)
    {
        json.WriteStartArray(name);
        foreach (var message in messages)
            Write(json, message, addressOf);
        json.WriteEndArray();
    }

    /// <summary>The members the writer of the message chose; ours cannot be overwritten.</summary>
    private static void WritePayload(Utf8JsonWriter json, string payload, Func<string, Uri?> addressOf)
    {
        using var document = JsonDocument.Parse(payload);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "attachments" && member.Value.ValueKind == JsonValueKind.Array)
                WriteAttachments(json, member.Value, addressOf);
            else if (member.Name is "text" or "attachments" or "quickReplies" or "name")
                member.WriteTo(json);
        }
    }

    private static void WriteAttachments(Utf8JsonWriter json, JsonElement attachments, Func<string, Uri?> addressOf)
    {
        json.WriteStartArray("attachments");
        foreach (var attachment in attachments.EnumerateArray())
        {
            var address = attachment.TryGetProperty("id", out var id) && id.GetString() is { } upload ? addressOf(upload) : null;
            json.WriteStartObject();
            foreach (var member in attachment.EnumerateObject().Where(m => address is null || !m.NameEquals("url")))
                member.WriteTo(json);
            if (address is not null)
                json.WriteString("url", address.AbsoluteUri);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
