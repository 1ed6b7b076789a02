using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Reads what an item holds when it holds no <c>message</c>. All of these keep the raw item: it says more than the event can.</summary>
internal static class SmallBodies
{
    public static void ReadPostback(ref Utf8JsonReader reader, ref MessagingItem item)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        Set(ref item, InboundEventKind.Postback, "postback");
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("mid"u8))
                item.MessageId = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("title"u8))
                item.Text = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("payload"u8))
                item.Payload = LenientJson.ReadText(ref reader);
            else
                reader.Skip();
        }
    }

    /// <summary>A receipt, a reaction, an edit: about a message, told apart by a mark.</summary>
    public static void ReadMarked(ref Utf8JsonReader reader, ref MessagingItem item, InboundEventKind kind, string word)
    {
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        Set(ref item, kind, word);
        while (LenientJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("mid"u8))
                item.MessageId = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("mids"u8))
                item.MessageId ??= ReadFirst(ref reader);
            else if (reader.ValueTextEquals("watermark"u8) || reader.ValueTextEquals("action"u8) || reader.ValueTextEquals("num_edit"u8))
                item.Mark = LenientJson.ReadText(ref reader);
            else if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("emoji"u8))
                item.Text = LenientJson.ReadText(ref reader);
            else
                reader.Skip();
        }
    }

    /// <summary>The word of the current property if it names an event; else null.</summary>
    public static string? Find(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("referral"u8) ? "referral"
        : reader.ValueTextEquals("optin"u8) ? "optin"
        : reader.ValueTextEquals("account_linking"u8) ? "account_linking"
        : reader.ValueTextEquals("pass_thread_control"u8) ? "pass_thread_control"
        : reader.ValueTextEquals("take_thread_control"u8) ? "take_thread_control"
        : reader.ValueTextEquals("request_thread_control"u8) ? "request_thread_control"
        : reader.ValueTextEquals("app_roles"u8) ? "app_roles"
        : reader.ValueTextEquals("policy_enforcement"u8) ? "policy_enforcement"
        : reader.ValueTextEquals("game_play"u8) ? "game_play"
        : reader.ValueTextEquals("message_request"u8) ? "message_request" // a plain string, unlike the others
        : null;

    public static void ReadOther(ref Utf8JsonReader reader, ref MessagingItem item, string word)
    {
        var kind = word switch
        {
            "referral" => InboundEventKind.Referral,
            "optin" => InboundEventKind.OptIn,
            "account_linking" => InboundEventKind.AccountLinking,
            "pass_thread_control" or "take_thread_control" or "request_thread_control" or "app_roles" => InboundEventKind.Handover,
            "policy_enforcement" => InboundEventKind.Policy,
            _ => InboundEventKind.Unknown,
        };
        if (item.Word is null)
            Set(ref item, kind, word);
        reader.Read();
        if (!LenientJson.Enter(ref reader))
            return;
        while (LenientJson.NextProperty(ref reader))
        {
            if (item.Word == word && (reader.ValueTextEquals("ref"u8) || reader.ValueTextEquals("payload"u8)))
                item.Payload = LenientJson.ReadText(ref reader);
            // https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_policy_enforcement
            else if (item.Word == "policy_enforcement" && reader.ValueTextEquals("action"u8))
                item.Payload = LenientJson.ReadText(ref reader);
            else if (item.Word == "policy_enforcement" && reader.ValueTextEquals("reason"u8))
                item.Text = LenientJson.ReadText(ref reader);
            else
                reader.Skip();
        }
    }

    private static void Set(ref MessagingItem item, InboundEventKind kind, string word)
    {
        item.Kind = kind;
        item.Word = word;
        item.KeepRaw = true;
    }

    private static string? ReadFirst(ref Utf8JsonReader reader)
    {
        string? first = null;
        reader.Read();
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray))
            return null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var text = LenientJson.Text(ref reader);
            first ??= text;
        }
        return first;
    }
}
