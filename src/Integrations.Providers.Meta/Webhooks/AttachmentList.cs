using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Reads the <c>attachments</c> of a message. The types are an open list: Meta added two in June 2026.</summary>
internal static class AttachmentList
{
    private struct Attachment
    {
        public string? Type;
        public string? Url;
        public string? Title;
        public string? Id;
        public bool IsSticker;
    }

    public static void Read(ref Utf8JsonReader reader, ref MessagingItem item)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var attachment = default(Attachment);
            if (LenientJson.Enter(ref reader))
                while (LenientJson.NextProperty(ref reader))
                    ReadProperty(ref reader, ref attachment);
            Add(ref item, attachment);
        }
    }

    private static void Add(ref MessagingItem item, in Attachment found)
    {
        // Without an address the content itself is in the item: coordinates, a booking, a template.
        item.KeepRaw |= found.Url is null;
        var id = found.Id;
        var type = found.IsSticker ? "sticker" : found.Type ?? "unknown";
        // Until the end of August 2026 a sticker came twice: as an image and as a sticker.
        if (found.IsSticker && item.Attachments is { } earlier && earlier.Exists(other => other.Type == "sticker" && other.PlatformId == id))
            return;
        (item.Attachments ??= []).Add(new MessageAttachment { Type = type, Url = found.Url, Title = found.Title, PlatformId = id });
    }

    private static void ReadProperty(ref Utf8JsonReader reader, ref Attachment attachment)
    {
        if (reader.ValueTextEquals("type"u8))
            attachment.Type = LenientJson.ReadText(ref reader);
        else if (reader.ValueTextEquals("payload"u8))
        {
            reader.Read();
            if (LenientJson.Enter(ref reader))
                while (LenientJson.NextProperty(ref reader))
                    ReadPayload(ref reader, ref attachment);
        }
        else
            ReadShared(ref reader, ref attachment);
    }

    private static void ReadPayload(ref Utf8JsonReader reader, ref Attachment attachment)
    {
        if (reader.ValueTextEquals("sticker_id"u8))
        {
            attachment.Id = LenientJson.ReadText(ref reader);
            attachment.IsSticker = attachment.Id is not null;
        }
        else if (reader.ValueTextEquals("reel_video_id"u8) || reader.ValueTextEquals("booking_id"u8) || reader.ValueTextEquals("attachment_id"u8))
            attachment.Id = LenientJson.ReadText(ref reader);
        else
            ReadShared(ref reader, ref attachment);
    }

    private static void ReadShared(ref Utf8JsonReader reader, ref Attachment attachment)
    {
        if (reader.ValueTextEquals("url"u8))
            attachment.Url = LenientJson.ReadText(ref reader) ?? attachment.Url;
        else if (reader.ValueTextEquals("title"u8))
            attachment.Title = LenientJson.ReadText(ref reader) is { Length: > 0 } title ? title : attachment.Title;
        else
            reader.Skip();
    }
}
