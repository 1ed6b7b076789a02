using Integrations;

namespace WebHost.Agent;

/// <summary>The agent: says what it heard. A real one would call a model here, with <c>context.ChatId</c> saying which agent was asked.</summary>
internal sealed class EchoAgent : IMessageHandler
{
    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default) =>
        Task.FromResult(MessageReply.Text($"You said: {context.Event.Text ?? context.Event.Payload ?? "(something without words)"}"));
}
