namespace Integrations.Testing;

/// <summary>One send to an Instagram contact, by whichever host it came. Callers hold the world's gate.</summary>
internal static class InstagramSend
{
    public static (SentMessage Sent, Func<PendingEvent> Echo) Accept(MetaWorld world, GraphCall call, SimulatedInstagramAccount account, string appId)
    {
        foreach (var name in (string[])["notification_type", "persona_id"])
        {
            if (call.Parameters.Has(name))
                throw GraphErrors.Invalid($"Param {name} does not exist for Instagram.").AsException();
        }

        var id = SendRules.RecipientId(call);
        var contact = account.ContactList.Find(found => found.Id == id);
        if (contact is null or { IsUnavailable: true })
            throw GraphErrors.NoSuchInstagramRecipient.AsException();
        var sent = call.Parameters.Has("sender_action") ? SendRules.SenderAction(world, call, id) : Message(world, call, contact);
        account.Sent.Add(sent);
        return (sent, () => account.Echo(sent, appId));
    }

    private static SentMessage Message(MetaWorld world, GraphCall call, SimulatedInstagramContact contact)
    {
        var message = SendRules.MessageOf(call);
        InstagramMessageRules.Check(message);
        MessagingWindow.Check(world, call, contact.LastActionAt, GraphErrors.InstagramWindowClosed, typeRequired: false);
        return SendRules.Sent(world, call, contact.Id, message);
    }
}
