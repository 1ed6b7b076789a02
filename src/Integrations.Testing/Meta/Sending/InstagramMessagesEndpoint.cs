namespace Integrations.Testing;

/// <summary><c>{account}/messages</c> of graph.instagram.com.</summary>
internal sealed class InstagramMessagesEndpoint(MetaWorld world)
{
    public const string Parameters = "recipient messaging_type message sender_action payload tag reply_to";

    public Task<GraphAnswer> PostAsync(GraphCall call, CancellationToken ct)
    {
        SentMessage sent;
        Func<PendingEvent> echo;
        lock (world.Gate)
        {
            var account = call.RequireAccount(call.Path[0]);
            call.RequireScope(InstagramScopes.Messages);
            (sent, echo) = InstagramSend.Accept(world, call, account, world.Options.InstagramAppId);
        }

        return SendAnswer.WriteAsync(world, sent, echo, ct);
    }
}
