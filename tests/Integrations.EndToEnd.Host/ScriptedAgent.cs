namespace Integrations.EndToEnd.Host;

/// <summary>Says on the console what it was asked. Told to block, it never answers: the test kills the process then.</summary>
internal sealed class ScriptedAgent(ScriptedAgent.Script script) : IMessageHandler
{
    public async Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default)
    {
        Console.WriteLine($"ASKED {context.Event.Text}");
        if (script.Blocks)
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return MessageReply.Text($"echo: {context.Event.Text}");
    }

    internal sealed record Script(bool Blocks);
}
