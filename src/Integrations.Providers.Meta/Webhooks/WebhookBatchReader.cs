using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// Reads the envelope <c>{"object":…,"entry":[{"id":…,"messaging":[…],"standby":[…],"changes":[…]}]}</c>. Total: never throws;
/// what cannot be read becomes an event of kind Unknown and takes nothing else down with it.
/// </summary>
internal ref struct WebhookBatchReader
{
    // Up to what depth Meta nests is not documented; a deep item must not stop the batch.
    private const int MaxDepth = 1024;

    private readonly ReadOnlySpan<byte> _body;
    private readonly string _objectName;
    private readonly string[] _appIds;
    private readonly WebhookBatch _batch;

    private WebhookBatchReader(ReadOnlySpan<byte> body, string objectName, string[] appIds)
    {
        _body = body;
        _objectName = objectName;
        _appIds = appIds;
        _batch = new WebhookBatch();
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="objectName">The object whose entries count: <c>page</c> or <c>instagram</c>.</param>
    /// <param name="appIds">The app's ids, to recognise echoes of its own messages.</param>
    public static WebhookBatch Read(ReadOnlySpan<byte> body, string objectName, params string[] appIds) =>
        new WebhookBatchReader(body, objectName, appIds).Read();

    /// <summary>Whether a body is about an object.</summary>
    public static bool IsOf(ReadOnlySpan<byte> body, string objectName)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && new WebhookBatchReader(body, objectName, []).IsOurObject(reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private readonly WebhookBatch Read()
    {
        var reader = new Utf8JsonReader(_body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            ReadRoot(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _batch.IsComplete = false;
        }
        return _batch;
    }

    private readonly void ReadRoot(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !IsOurObject(reader))
        {
            _batch.Ignored++;
            return;
        }
        while (LenientJson.NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("entry"u8))
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            if (LenientJson.Enter(ref reader, JsonTokenType.StartArray))
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadEntry(ref reader);
        }
    }

    // Takes a copy of the reader: the object's name may stand behind its entries.
    private readonly bool IsOurObject(Utf8JsonReader ahead)
    {
        while (LenientJson.NextProperty(ref ahead))
        {
            if (ahead.ValueTextEquals("object"u8))
                return ahead.Read() && ahead.TokenType == JsonTokenType.String && ahead.ValueTextEquals(_objectName);
            ahead.Skip();
        }
        return false;
    }

    private readonly void ReadEntry(ref Utf8JsonReader reader)
    {
        var (account, time) = reader.TokenType == JsonTokenType.StartObject ? Head(reader) : default;
        // The dashboard's "Test" button sends an entry with the id 0.
        if (account is null or "" or "0")
        {
            _batch.Ignored++;
            reader.Skip();
            return;
        }
        var start = (int)reader.TokenStartIndex;
        var change = default(ChangeItem);
        var isFlatChange = false;
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("messaging"u8))
                ReadItems(ref reader, account, time, isStandby: false);
            else if (reader.ValueTextEquals("standby"u8))
                ReadItems(ref reader, account, time, isStandby: true);
            else if (reader.ValueTextEquals("changes"u8))
                ReadChanges(ref reader, account, time);
            else if (change.TryReadProperty(ref reader))
                isFlatChange = true;
            else
                reader.Skip();
        }
        if (isFlatChange)
            Add(change.ToEvent(account, time, _appIds, _body[start..(int)reader.BytesConsumed]));
    }

    // Id and time usually come first; when they do not, this looks ahead for them.
    private static (string? Account, long? Time) Head(Utf8JsonReader ahead)
    {
        (string? Account, long? Time) head = default;
        try
        {
            while ((head.Account is null || head.Time is null) && LenientJson.NextProperty(ref ahead))
            {
                if (ahead.ValueTextEquals("id"u8))
                    head.Account = LenientJson.ReadText(ref ahead);
                else if (ahead.ValueTextEquals("time"u8))
                    head.Time = LenientJson.ReadTime(ref ahead);
                else
                    ahead.Skip();
            }
        }
        catch (JsonException)
        {
            // The body breaks off further on; the items before that still have their account.
        }
        return head;
    }

    private readonly void ReadItems(ref Utf8JsonReader reader, string account, long? time, bool isStandby)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader;
            var item = default(MessagingItem);
            var isItem = TryRead(ref reader, ref item);
            if (!isItem)
            {
                reader = start;
                reader.Skip();
            }
            var raw = _body[(int)start.TokenStartIndex..(int)reader.BytesConsumed];
            Add(isItem
                ? EventFactory.Create(item, account, time, isStandby, raw)
                : EventFactory.Unknown(account, contact: null, time, isStandby, raw));
        }
    }

    private readonly bool TryRead(ref Utf8JsonReader reader, ref MessagingItem item)
    {
        try
        {
            return item.Read(ref reader, _appIds);
        }
        catch (InvalidOperationException)
        {
            return false; // text that is no text, in a place where it cannot be repaired
        }
    }

    private readonly void ReadChanges(ref Utf8JsonReader reader, string account, long? time)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader;
            var change = default(ChangeItem);
            var isChange = TryRead(ref reader, ref change);
            if (!isChange)
            {
                reader = start;
                reader.Skip();
            }
            var raw = _body[(int)start.TokenStartIndex..(int)reader.BytesConsumed];
            Add(isChange ? change.ToEvent(account, time, _appIds, raw) : EventFactory.Unknown(account, contact: null, time, isStandby: false, raw));
        }
    }

    private static bool TryRead(ref Utf8JsonReader reader, ref ChangeItem change)
    {
        try
        {
            if (!LenientJson.Enter(ref reader))
                return false;
            while (LenientJson.NextProperty(ref reader))
                if (!change.TryReadProperty(ref reader))
                    reader.Skip();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private readonly void Add(InboundEvent? found)
    {
        if (found is null)
            _batch.Ignored++;
        else
            _batch.Events.Add(found);
    }
}
