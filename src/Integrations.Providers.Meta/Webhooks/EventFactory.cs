using System.Security.Cryptography;

namespace Integrations.Providers.Meta;

/// <summary>
/// Makes an event of an item that was read. Meta numbers messages only, so the other events get an id made of what identifies
/// them: the same on every delivery. The time an entry was sent is no part of it.
/// </summary>
internal static class EventFactory
{
    /// <summary>The event of an item. Null if the item is to be ignored.</summary>
    public static InboundEvent? Create(in MessagingItem item, string account, long? entryTime, bool isStandby, ReadOnlySpan<byte> raw)
    {
        var isEcho = item.Kind == InboundEventKind.Echo;
        // An item for somebody else's account, and an edit that hides its text, say nothing to us.
        if ((isEcho ? item.Sender : item.Recipient) is { } owner && owner != account)
            return null;
        if (item.Kind == InboundEventKind.Edit && item.Text is null)
            return null;
        var contact = isEcho ? item.Recipient : item.Sender;
        var needsContact = item.Kind == InboundEventKind.Message || item.Kind == InboundEventKind.Postback;
        if (item.Word is null || (needsContact && contact is null))
            return Unknown(account, contact, item.Time ?? entryTime, isStandby, raw);
        return new InboundEvent
        {
            Kind = item.Kind,
            AccountId = account,
            EventId = Id(item, raw),
            ContactId = contact,
            OccurredAt = LenientJson.ToTime(item.Time ?? entryTime),
            MessageId = item.MessageId,
            Text = item.Text,
            Payload = item.Payload,
            ReplyToMessageId = item.ReplyTo,
            Attachments = item.Attachments ?? (IReadOnlyList<MessageAttachment>)[],
            Metadata = isEcho ? item.Metadata : null,
            IsOwnEcho = isEcho && item.IsOwnEcho,
            IsStandby = isStandby,
            Raw = item.KeepRaw ? CompactJson.Of(raw) : null,
        };
    }

    public static InboundEvent Unknown(string account, string? contact, long? time, bool isStandby, ReadOnlySpan<byte> raw) => new()
    {
        Kind = InboundEventKind.Unknown,
        AccountId = account,
        EventId = $"unknown:{Hash(raw)}",
        ContactId = contact,
        OccurredAt = LenientJson.ToTime(time),
        IsStandby = isStandby,
        Raw = CompactJson.Of(raw),
    };

    public static string Hash(ReadOnlySpan<byte> raw)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(raw, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static string Id(in MessagingItem item, ReadOnlySpan<byte> raw) => item switch
    {
        { Word: "message", MessageId: { } mid } when item.Kind == InboundEventKind.Unsend => $"unsend:{mid}",
        { Word: "message" or "postback", MessageId: { } mid } => mid,
        { Word: "message_edit", MessageId: { } mid, Mark: { } number } => $"message_edit:{mid}:{number}",
        { Word: "read", Sender: { } sender, Mark: { } watermark } => $"read:{sender}:{watermark}",
        { Word: "read", Sender: { } sender, MessageId: { } mid } => $"read:{sender}:{mid}",
        { Word: "delivery", Sender: { } sender, Mark: { } watermark } => $"delivery:{sender}:{watermark}:{item.MessageId}",
        { Word: "reaction", Sender: { } sender, MessageId: { } mid, Time: { } time } => $"reaction:{sender}:{mid}:{item.Mark}:{time}",
        { Word: not "message_edit" and not "reaction", Sender: { } sender, Time: { } time } => $"{item.Word}:{sender}:{time}",
        _ => $"{item.Word}:{Hash(raw)}",
    };
}
