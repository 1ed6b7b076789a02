using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// Reads a messaging event that comes as a change, as Instagram also sends them: <c>{"field":"message_edit","value":{"mid":…}}</c>.
/// The value is a messaging item, or its inner object with the contact as <c>from</c>.
/// </summary>
internal static class MessagingChange
{
    public static bool IsField(string? field) => field is "messages" or "message_edit" or "message_edits" or "message_reactions"
        or "messaging_seen" or "message_reads" or "messaging_postbacks" or "messaging_referral" or "messaging_referrals";

    /// <summary>The event. Null if it is to be ignored.</summary>
    public static InboundEvent? ToEvent(string? field, string account, long? entryTime, string[] appIds, ReadOnlySpan<byte> raw)
    {
        var item = default(MessagingItem);
        var reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = 1024 });
        try
        {
            reader.Read();
            while (LenientJson.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("value"u8))
                    ReadValue(ref reader, ref item, appIds);
                else
                    reader.Skip();
            }
        }
        catch (InvalidOperationException)
        {
            item.Word = null; // kept raw below
        }
        if (item.Word is null && item.MessageId is not null)
            Name(field, ref item);
        item.KeepRaw = true;
        return EventFactory.Create(item, account, entryTime, isStandby: false, raw);
    }

    private static void Name(string? field, ref MessagingItem item) => (item.Word, item.Kind) = field switch
    {
        "message_edit" or "message_edits" => ("message_edit", InboundEventKind.Edit),
        "message_reactions" => ("reaction", InboundEventKind.Reaction),
        "messaging_seen" or "message_reads" => ("read", InboundEventKind.Read),
        _ => ((string?)null, InboundEventKind.Unknown),
    };

    private static void ReadValue(ref Utf8JsonReader reader, ref MessagingItem item, string[] appIds)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("from"u8))
                item.Sender = LenientJson.ReadId(ref reader);
            else if (reader.ValueTextEquals("mid"u8))
                item.MessageId = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("emoji"u8))
                item.Text = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("action"u8) || reader.ValueTextEquals("num_edit"u8))
                item.Mark = LenientJson.ReadText(ref reader);
            else
                item.ReadProperty(ref reader, appIds);
        }
    }
}
