using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Reads a change: <c>{"field":…,"value":{…}}</c>, in a list or flat in the entry. Comments become events, the rest is kept raw.</summary>
internal struct ChangeItem
{
    private string? _field;
    private string? _subject;
    private string? _verb;
    private string? _id;
    private string? _commentId;
    private string? _parentId;
    private string? _from;
    private string? _text;
    private long? _time;

    /// <summary>Reads one property of the change; false if it is none of a change's.</summary>
    public bool TryReadProperty(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("field"u8))
            _field = LenientJson.ReadText(ref reader);
        else if (reader.ValueTextEquals("value"u8))
            ReadValue(ref reader);
        else
            return false;
        return true;
    }

    /// <summary>The event of the change. Null if it is to be ignored.</summary>
    public readonly InboundEvent? ToEvent(string account, long? entryTime, string[] appIds, ReadOnlySpan<byte> raw)
    {
        if (MessagingChange.IsField(_field))
            return MessagingChange.ToEvent(_field, account, entryTime, appIds, raw);
        var isComment = _field switch
        {
            "feed" => _subject == "comment",
            "comments" or "live_comments" => true,
            _ => false,
        };
        var id = _commentId ?? _id;
        if (!isComment || id is null)
            return EventFactory.Unknown(account, _from, _time ?? entryTime, isStandby: false, raw);
        var verb = _verb ?? "add";
        return new InboundEvent
        {
            Kind = InboundEventKind.Comment,
            AccountId = account,
            // A comment can be edited many times, and nothing numbers the edits.
            EventId = verb == "edited" ? $"comment:{id}:edited:{EventFactory.Hash(raw)}" : $"comment:{id}:{verb}",
            ContactId = _from,
            OccurredAt = LenientJson.ToTime(_time ?? entryTime),
            MessageId = id,
            Text = _text,
            ReplyToMessageId = _parentId,
            Raw = CompactJson.Of(raw),
        };
    }

    private void ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("item"u8))
                _subject = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("verb"u8))
                _verb = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("comment_id"u8))
                _commentId = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("id"u8))
                _id = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("parent_id"u8))
                _parentId = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("text"u8))
                _text = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("created_time"u8))
                _time = LenientJson.ReadTime(ref reader);
            else if (reader.ValueTextEquals("from"u8))
                _from = LenientJson.ReadId(ref reader);
            else
                reader.Skip();
        }
    }
}
