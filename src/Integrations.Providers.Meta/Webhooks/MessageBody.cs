using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Reads the <c>message</c> object: a message, an echo, an unsend.</summary>
internal static class MessageBody
{
    private ref struct Marks
    {
        public bool IsEcho;
        public bool IsDeleted;
        public bool IsUnsupported;
    }

    public static void Read(ref Utf8JsonReader reader, ref MessagingItem item, string[] appIds)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        var marks = default(Marks);
        while (LenientJson.NextProperty(ref reader))
            ReadProperty(ref reader, ref item, ref marks, appIds);
        item.Word = "message";
        // An unsupported message is shown to nobody: there is nothing an agent could answer.
        (item.Kind, item.KeepRaw) = marks switch
        {
            { IsDeleted: true } => (InboundEventKind.Unsend, true),
            { IsEcho: true } => (InboundEventKind.Echo, item.KeepRaw),
            { IsUnsupported: true } => (InboundEventKind.Unknown, true),
            _ => (InboundEventKind.Message, item.KeepRaw),
        };
    }

    private static void ReadProperty(ref Utf8JsonReader reader, ref MessagingItem item, ref Marks marks, string[] appIds)
    {
        if (reader.ValueTextEquals("mid"u8))
            item.MessageId = LenientJson.ReadText(ref reader);
        else if (reader.ValueTextEquals("text"u8))
            item.Text = LenientJson.ReadText(ref reader);
        else if (reader.ValueTextEquals("attachments"u8))
            AttachmentList.Read(ref reader, ref item);
        else if (reader.ValueTextEquals("quick_reply"u8))
            item.Payload = ReadInner(ref reader, "payload"u8, ref item);
        else if (reader.ValueTextEquals("reply_to"u8))
            item.ReplyTo = ReadInner(ref reader, "mid"u8, ref item);
        else if (reader.ValueTextEquals("is_echo"u8))
            marks.IsEcho = LenientJson.ReadFlag(ref reader);
        else if (reader.ValueTextEquals("metadata"u8))
            item.Metadata = LenientJson.ReadText(ref reader);
        else if (reader.ValueTextEquals("app_id"u8))
            item.IsOwnEcho = LenientJson.ReadText(ref reader) is { Length: > 0 } sender && appIds.Contains(sender);
        else if (reader.ValueTextEquals("is_deleted"u8))
            marks.IsDeleted = LenientJson.ReadFlag(ref reader);
        else if (reader.ValueTextEquals("is_unsupported"u8))
            marks.IsUnsupported = LenientJson.ReadFlag(ref reader);
        else
        {
            item.KeepRaw |= reader.ValueTextEquals("referral"u8);
            reader.Skip();
        }
    }

    /// <summary>One property of an object. Any other property but <c>is_self_reply</c> (a story, for one) makes the item worth keeping.</summary>
    private static string? ReadInner(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref MessagingItem item)
    {
        string? value = null;
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return null;
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals(name))
                value = LenientJson.ReadText(ref reader);
            else
            {
                item.KeepRaw |= !reader.ValueTextEquals("is_self_reply"u8);
                reader.Skip();
            }
        }
        return value;
    }
}
