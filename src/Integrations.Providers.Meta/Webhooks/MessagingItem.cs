using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>One item of an entry's <c>messaging</c> or <c>standby</c> list while it is being read.</summary>
internal struct MessagingItem
{
    /// <summary>The platform's word for what happened, such as <c>pass_thread_control</c>. Null if not recognised.</summary>
    public string? Word;

    public InboundEventKind Kind;
    public string? Sender;
    public string? Recipient;
    public long? Time;
    public string? MessageId;
    public string? Text;
    public string? Payload;
    public string? ReplyTo;
    public string? Metadata;

    /// <summary>What sets this event apart from others about the same message: a watermark, an action, a number of edits.</summary>
    public string? Mark;

    public bool IsOwnEcho;

    /// <summary>True if the item says something that has no property in <see cref="InboundEvent"/>.</summary>
    public bool KeepRaw;

    public List<MessageAttachment>? Attachments;

    /// <summary>Reads an item. False if it is no object. https://developers.facebook.com/docs/messenger-platform/webhooks</summary>
    public bool Read(ref Utf8JsonReader reader, string[] appIds)
    {
        if (!LenientJson.Enter(ref reader))
            return false;
        while (LenientJson.NextProperty(ref reader))
            ReadProperty(ref reader, appIds);
        return true;
    }

    /// <summary>Reads one property of an item.</summary>
    public void ReadProperty(ref Utf8JsonReader reader, string[] appIds)
    {
        if (reader.ValueTextEquals("sender"u8))
            Sender = LenientJson.ReadId(ref reader);
        else if (reader.ValueTextEquals("recipient"u8))
            Recipient = LenientJson.ReadId(ref reader);
        else if (reader.ValueTextEquals("timestamp"u8))
            Time = LenientJson.ReadTime(ref reader);
        else if (reader.ValueTextEquals("message"u8))
            MessageBody.Read(ref reader, ref this, appIds);
        else if (reader.ValueTextEquals("postback"u8))
            SmallBodies.ReadPostback(ref reader, ref this);
        else if (reader.ValueTextEquals("read"u8))
            SmallBodies.ReadMarked(ref reader, ref this, InboundEventKind.Read, "read");
        else if (reader.ValueTextEquals("delivery"u8))
            SmallBodies.ReadMarked(ref reader, ref this, InboundEventKind.Delivery, "delivery");
        else if (reader.ValueTextEquals("reaction"u8))
            SmallBodies.ReadMarked(ref reader, ref this, InboundEventKind.Reaction, "reaction");
        else if (reader.ValueTextEquals("message_edit"u8))
            SmallBodies.ReadMarked(ref reader, ref this, InboundEventKind.Edit, "message_edit");
        else if (SmallBodies.Find(ref reader) is { } word)
            SmallBodies.ReadOther(ref reader, ref this, word);
        else
            reader.Skip();
    }
}
