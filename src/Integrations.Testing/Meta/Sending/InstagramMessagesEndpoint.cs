namespace Integrations.Testing;

/// <summary><c>{account}/messages</c> of graph.instagram.com.</summary>
internal sealed class InstagramMessagesEndpoint(MetaWorld world)
{
    public const string Parameters = "recipient messaging_type message sender_action payload tag reply_to";

    public async Task<GraphAnswer> PostAsync(GraphCall call, CancellationToken ct)
    {
        SimulatedInstagramAccount account;
        (SimulatedInstagramContact Contact, SentMessage Sent) done;
        lock (world.Gate)
        {
            account = call.RequireAccount(call.Path[0]);
            call.RequireScope(InstagramScopes.Messages);
            done = InstagramSend.Accept(world, call, account);
        }

        return await InstagramSend.AnswerAsync(world, account, done.Contact, done.Sent, world.Options.InstagramAppId, ct);
    }
}
