using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>One send to an Instagram contact, by whichever host it came. Callers hold the world's gate for <see cref="Accept"/>.</summary>
internal static class InstagramSend
{
    public static (SimulatedInstagramContact Contact, SentMessage Sent) Accept(MetaWorld world, GraphCall call, SimulatedInstagramAccount account)
    {
        foreach (var name in (string[])["notification_type", "persona_id"])
        {
            if (call.Parameters.Has(name))
                throw GraphErrors.Invalid($"Param {name} does not exist for Instagram.").AsException();
        }

        var id = SendRules.RecipientId(call);
        var contact = account.ContactList.Find(found => found.Id == id) ?? throw GraphErrors.NoSuchInstagramRecipient.AsException();
        if (contact.IsUnavailable)
            throw GraphErrors.NoSuchInstagramRecipient.AsException();
        var sent = call.Parameters.Has("sender_action") ? SendRules.SenderAction(world, call, id) : Message(world, call, contact);
        account.SentList.Add(sent);
        return (contact, sent);
    }

    public static async Task<GraphAnswer> AnswerAsync(
        MetaWorld world, SimulatedInstagramAccount account, SimulatedInstagramContact contact, SentMessage sent, string appId, CancellationToken ct)
    {
        world.Changed.Pulse();
        var answer = new JsonObject { ["recipient_id"] = contact.Id };
        if (sent.Mid is null)
            return answer;
        answer["message_id"] = sent.Mid;
        var echo = account.Echo(contact, sent, appId);
        if (!world.EchoBeforeAnswer)
            return new GraphAnswer(answer) { Afterwards = world.Pump.Reserve(echo) };
        await world.Pump.EnqueueAsync(echo, ct);
        return answer;
    }

    private static SentMessage Message(MetaWorld world, GraphCall call, SimulatedInstagramContact contact)
    {
        var message = SendRules.MessageOf(call);
        InstagramMessageRules.Check(message);
        MessagingWindow.Check(world, call, contact.LastActionAt, GraphErrors.InstagramWindowClosed, typeRequired: false);
        return SendRules.Sent(world, call, contact.Id, message);
    }
}
