namespace Integrations.Testing;

/// <summary>
/// The Send API (developers.facebook.com/docs/messenger-platform/reference/send-api). With the token of a Page it also reaches the
/// contacts of the linked Instagram account, by Instagram's rules.
/// </summary>
internal sealed class MessagesEndpoint(MetaWorld world)
{
    public const string Parameters = "recipient messaging_type message sender_action payload tag notification_type persona_id reply_to";

    public Task<GraphAnswer> PostAsync(GraphCall call, CancellationToken ct)
    {
        SentMessage sent;
        Func<PendingEvent> echo;
        lock (world.Gate)
        {
            var page = call.RequirePageToken(call.Path[0]);
            call.RequireTask(page, "MESSAGING", "MODERATE", "MANAGE");
            if (page.InstagramAccount is { } account && account.ContactList.Exists(found => found.Id == SendRules.RecipientId(call)))
            {
                call.RequireScope(MetaScopes.InstagramMessages);
                (sent, echo) = InstagramSend.Accept(world, call, account, world.Options.AppId);
            }
            else
            {
                (sent, echo) = Accept(call, page);
            }
        }

        return SendAnswer.WriteAsync(world, sent, echo, ct);
    }

    private (SentMessage Sent, Func<PendingEvent> Echo) Accept(GraphCall call, SimulatedPage page)
    {
        call.RequireScope(MetaScopes.Messaging);
        if (call.Parameters.Has("persona_id"))
            throw GraphErrors.Strict("personas are not simulated.").AsException();
        if (page.IsBlocked)
            throw GraphErrors.PolicyBlocked.AsException();
        var contact = Recipient(call, page);
        var sent = call.Parameters.Has("sender_action") ? SendRules.SenderAction(world, call, contact.Id) : Message(call, contact);
        page.Sent.Add(sent);
        return (sent, () => page.Echo(sent, world.Options.AppId));
    }

    private static SimulatedContact Recipient(GraphCall call, SimulatedPage page)
    {
        var id = SendRules.RecipientId(call);
        var contact = page.ContactList.Find(contact => contact.Id == id) ?? throw GraphErrors.NoSuchRecipient.AsException();
        return contact.IsUnavailable ? throw GraphErrors.PersonUnavailable.AsException() : contact;
    }

    private SentMessage Message(GraphCall call, SimulatedContact contact)
    {
        var message = SendRules.MessageOf(call);
        MessageRules.Check(message);
        if (call.Text("notification_type") is { } notification && notification is not ("REGULAR" or "SILENT_PUSH" or "NO_PUSH"))
            throw GraphErrors.Invalid("Param notification_type must be one of {REGULAR, SILENT_PUSH, NO_PUSH}.").AsException();
        MessagingWindow.Check(world, call, contact.LastActionAt, GraphErrors.WindowClosed, typeRequired: true);
        return SendRules.Sent(world, call, contact.Id, message);
    }
}
