using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>What a send to a Messenger and to an Instagram contact have in common.</summary>
internal static class SendRules
{
    public static string RecipientId(GraphCall call)
    {
        var recipient = call.Parameters.Object("recipient") ?? throw GraphErrors.Invalid("The parameter recipient is required").AsException();
        return recipient.Count == 1 && recipient["id"]?.ToString() is { Length: > 0 } id
            ? id
            : throw GraphErrors.Strict("recipient must be exactly {\"id\": …}; other variants are not simulated.").AsException();
    }

    public static JsonObject MessageOf(GraphCall call)
    {
        var message = call.Parameters.Object("message") ?? throw GraphErrors.Invalid("The parameter message or sender_action is required").AsException();
        if (call.Parameters.Has("payload"))
            throw GraphErrors.Strict("payload belongs to a sender action.").AsException();
        if (call.Parameters.Object("reply_to") is { } reply && (reply.Count != 1 || MessageRules.TextOf(reply, "mid") is null))
            throw GraphErrors.Invalid("Param reply_to must be {\"mid\": …}.").AsException();
        return message;
    }

    public static SentMessage Sent(MetaWorld world, GraphCall call, string recipientId, JsonObject message) => new()
    {
        RecipientId = recipientId,
        Mid = world.Ids.Mid(),
        Text = message["text"]?.ToString(),
        Metadata = message["metadata"]?.ToString(),
        MessagingType = call.Text("messaging_type"),
        AttachmentType = message["attachment"]?["type"]?.ToString(),
        MessageJson = message.ToJsonString(),
        At = world.Now,
    };

    // "Cannot be sent with the message parameter"; the request may hold the recipient and the action only.
    public static SentMessage SenderAction(MetaWorld world, GraphCall call, string recipientId)
    {
        var asked = call.RequireText("sender_action");
        var action = asked.ToLowerInvariant();
        // Meta's own samples write it small, its SDK in capitals; a mixture is neither.
        if (action is not ("typing_on" or "typing_off" or "mark_seen" or "react" or "unreact") || (asked.Any(char.IsAsciiLetterUpper) && asked.Any(char.IsAsciiLetterLower)))
            throw GraphErrors.Invalid("Param sender_action must be one of {MARK_SEEN, REACT, TYPING_OFF, TYPING_ON, UNREACT}.").AsException();
        foreach (var name in (string[])["message", "messaging_type", "tag", "notification_type", "reply_to"])
        {
            if (call.Parameters.Has(name))
                throw GraphErrors.Invalid($"sender_action cannot be sent with {name}.").AsException();
        }

        if (action is "react" or "unreact")
            CheckReaction(call, action);
        else if (call.Parameters.Has("payload"))
            throw GraphErrors.Invalid("payload is for react and unreact only.").AsException();
        return new SentMessage { RecipientId = recipientId, SenderAction = action, At = world.Now };
    }

    private static void CheckReaction(GraphCall call, string action)
    {
        var payload = call.Parameters.Object("payload") ?? throw GraphErrors.Invalid("payload is required for react and unreact.").AsException();
        MessageRules.OnlyKnown("payload", payload, "message_id", "reaction");
        MessageRules.RequireText(payload, "message_id", int.MaxValue);
        if (action == "react")
            MessageRules.RequireText(payload, "reaction", int.MaxValue);
    }
}
