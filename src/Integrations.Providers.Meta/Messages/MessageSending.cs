
namespace Integrations.Providers.Meta;

/// <summary>Sends one message through the Send API. There is no idempotency key: a lost answer is never sent again from here.</summary>
internal sealed class MessageSending(GraphClient graph, TimeProvider time)
{
    public async Task<SendResult> SendAsync(SendContext context, SendTarget target, CancellationToken ct)
    {
        if (MessageRules.Check(context.Message) is { } wrong)
            return SendResult.Failed(wrong);
        var page = context.Connection;
        var isAction = context.Message.Action is not null;
        var request = new GraphRequest
        {
            Method = HttpMethod.Post,
            Path = $"{target.Node}/messages",
            Host = target.Host,
            Token = page.AccessToken,
            Json = MessageBodyWriter.Write(context, target.TakesMetadata, time.GetUtcNow()),
            Budget = page.AccountId,
            IsSend = !isAction, // showing "is typing" twice harms nobody
        };
        var result = await graph.SendAsync(request, ct);
        if (result.Error is { } error)
            return SendResult.Failed(error);
        // recipient_id may be missing; without a message_id nothing says that it was sent.
        var id = result.Root.Text("message_id");
        return isAction || id is { Length: > 0 }
            ? SendResult.Sent(id)
            : SendResult.Failed(GraphAnswer.None(request, "no_message_id", left: true));
    }
}
