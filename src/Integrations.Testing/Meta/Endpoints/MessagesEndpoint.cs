using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>The Send API (developers.facebook.com/docs/messenger-platform/reference/send-api).</summary>
internal sealed class MessagesEndpoint(MetaWorld world)
{
    public const string Parameters = "recipient messaging_type message sender_action payload tag notification_type reply_to";

    public async Task<GraphAnswer> PostAsync(GraphCall call, CancellationToken ct)
    {
        SimulatedPage page;
        SimulatedContact contact;
        SentMessage sent;
        lock (world.Gate)
        {
            page = call.RequirePageToken(call.Path[0]);
            call.RequireScope(MetaScopes.Messaging);
            call.RequireTask(page, "MESSAGING", "MODERATE", "MANAGE");
            contact = Recipient(call, page);
            sent = call.Parameters.Has("sender_action") ? SenderAction(call, contact) : Message(call, contact);
            page.SentList.Add(sent);
        }

        world.Changed.Pulse();
        var answer = new JsonObject { ["recipient_id"] = contact.Id };
        if (sent.Mid is null)
            return answer;

        answer["message_id"] = sent.Mid;
        var echo = page.Echo(contact, sent, world.Options.AppId);
        if (!world.EchoBeforeAnswer)
            return new GraphAnswer(answer) { Afterwards = world.Pump.Reserve(echo) };
        await world.Pump.EnqueueAsync(echo, ct);
        return answer;
    }

    private static SimulatedContact Recipient(GraphCall call, SimulatedPage page)
    {
        var recipient = call.Parameters.Object("recipient") ?? throw GraphErrors.Invalid("The parameter recipient is required").AsException();
        if (recipient.Count != 1 || recipient["id"]?.ToString() is not { Length: > 0 } id)
            throw GraphErrors.Strict("recipient must be exactly {\"id\": PSID}; other variants are not simulated.").AsException();
        var contact = page.ContactList.Find(contact => contact.Id == id) ?? throw GraphErrors.NoSuchRecipient.AsException();
        return contact.IsUnavailable ? throw GraphErrors.PersonUnavailable.AsException() : contact;
    }

    private SentMessage Message(GraphCall call, SimulatedContact contact)
    {
        var message = call.Parameters.Object("message") ?? throw GraphErrors.Invalid("The parameter message or sender_action is required").AsException();
        if (call.Parameters.Has("payload"))
            throw GraphErrors.Strict("payload belongs to a sender action.").AsException();
        MessageRules.Check(message);
        if (call.Text("notification_type") is { } notification && notification is not ("REGULAR" or "SILENT_PUSH" or "NO_PUSH"))
            throw GraphErrors.Invalid("Param notification_type must be one of {REGULAR, SILENT_PUSH, NO_PUSH}.").AsException();
        if (call.Parameters.Object("reply_to") is { } reply && (reply.Count != 1 || reply["mid"] is null))
            throw GraphErrors.Invalid("Param reply_to must be {\"mid\": …}.").AsException();
        MessagingWindow.Check(world, call, contact);
        return new SentMessage
        {
            RecipientId = contact.Id,
            Mid = world.Ids.Mid(),
            Text = message["text"]?.ToString(),
            Metadata = message["metadata"]?.ToString(),
            MessagingType = call.Text("messaging_type"),
            AttachmentType = message["attachment"]?["type"]?.ToString(),
            MessageJson = message.ToJsonString(),
            At = world.Now,
        };
    }

    // "Cannot be sent with the message parameter"; the request may hold the recipient and the action only.
    private SentMessage SenderAction(GraphCall call, SimulatedContact contact)
    {
        var action = call.RequireText("sender_action").ToLowerInvariant();
        if (action is not ("typing_on" or "typing_off" or "mark_seen" or "react" or "unreact"))
            throw GraphErrors.Invalid("Param sender_action must be one of {MARK_SEEN, REACT, TYPING_OFF, TYPING_ON, UNREACT}.").AsException();
        foreach (var name in (string[])["message", "messaging_type", "tag", "notification_type", "reply_to"])
        {
            if (call.Parameters.Has(name))
                throw GraphErrors.Invalid($"sender_action cannot be sent with {name}.").AsException();
        }

        if ((action is "react" or "unreact") != call.Parameters.Has("payload"))
            throw GraphErrors.Invalid("payload is required for react and unreact, and only for them.").AsException();
        return new SentMessage { RecipientId = contact.Id, SenderAction = action, At = world.Now };
    }
}
