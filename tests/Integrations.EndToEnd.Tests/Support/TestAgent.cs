using System.Collections.Concurrent;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>What the agent of a test host does, and what it was asked. Answers "echo: …" unless told otherwise.</summary>
internal sealed class AgentScript
{
    public Func<MessageContext, CancellationToken, Task<MessageReply>> Answer { get; set; } =
        (context, _) => Task.FromResult(MessageReply.Text($"echo: {context.Event.Text}"));

    public ConcurrentQueue<MessageContext> Asked { get; } = new();
}

internal sealed class TestAgent(AgentScript script) : IMessageHandler
{
    public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default)
    {
        script.Asked.Enqueue(context);
        return script.Answer(context, ct);
    }
}
