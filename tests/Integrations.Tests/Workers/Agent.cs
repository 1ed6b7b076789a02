using System.Collections.Concurrent;

namespace Integrations.Tests;

/// <summary>An agent that says what a test wants. By default it repeats what it hears.</summary>
internal sealed class Agent : IMessageHandler
{
    public Func<MessageContext, CancellationToken, Task<MessageReply>> OnMessage { get; set; } =
        (context, _) => Task.FromResult(MessageReply.Text($"echo: {context.Event.Text}"));

    public ConcurrentQueue<MessageContext> Asked { get; } = new();

    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default)
    {
        Asked.Enqueue(context);
        return OnMessage(context, ct);
    }
}
