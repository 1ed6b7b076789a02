using Integrations;

namespace QuickStart.Cast;

/// <summary>The agent. This is all a host has to write to answer messages.</summary>
internal sealed class EchoAgent : IMessageHandler
{
    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default) =>
        Task.FromResult(MessageReply.Text($"You said: {context.Event.Text}"));
}
