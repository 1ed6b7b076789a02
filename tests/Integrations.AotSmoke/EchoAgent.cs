namespace Integrations.AotSmoke;

internal sealed class EchoAgent : IMessageHandler
{
    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default) =>
        Task.FromResult(MessageReply.Text($"You said: {context.Event.Text}"));
}
