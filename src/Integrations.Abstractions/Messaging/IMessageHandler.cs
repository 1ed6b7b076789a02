namespace Integrations;

/// <summary>The host's agent. Registered with <c>AddMessageHandler</c>; resolved in a scope of its own for each message.</summary>
public interface IMessageHandler
{
    /// <summary>
    /// Answers one message or postback. Messages of one contact come one after the other; those of several at once. Called at
    /// least once: after a crash it may be called again for the same message, and only one of the answers is sent. An exception
    /// is retried with growing pauses, then the message is set aside as failed.
    /// </summary>
    Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default);
}
