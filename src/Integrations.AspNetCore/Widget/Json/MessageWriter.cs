using System.Text.Json;

namespace Integrations.AspNetCore;

/// <summary>Writes a message of a conversation as browsers get it.</summary>
internal static class MessageWriter
{
    /// <summary>The visible id of a message: its key without the mark of its direction.</summary>
    public static string IdOf(ConversationMessage message) => message.MessageKey[(message.MessageKey.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static void Write(Utf8JsonWriter json, ConversationMessage message)
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
        WritePayload(json, message.Payload);
        json.WriteEndObject();
    }

    public static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<ConversationMessage> messages)
    {
        json.WriteStartArray(name);
        foreach (var message in messages)
            Write(json, message);
        json.WriteEndArray();
    }

    /// <summary>The members the writer of the message chose; ours cannot be overwritten.</summary>
    private static void WritePayload(Utf8JsonWriter json, string payload)
    {
        using var document = JsonDocument.Parse(payload);
        foreach (var member in document.RootElement.EnumerateObject())
            if (member.Name is "text" or "attachments" or "quickReplies" or "name")
                member.WriteTo(json);
    }
}
