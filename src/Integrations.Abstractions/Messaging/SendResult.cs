using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>The outcome of sending one message. Immutable.</summary>
public sealed class SendResult
{
    /// <summary>The platform's id of the message. Null on failure and for actions.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why it was not sent, or that it is not known. Null on success.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if the platform took it.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The platform took it.</summary>
    public static SendResult Sent(string? messageId) => new() { MessageId = messageId };

    /// <summary>A failure.</summary>
    public static SendResult Failed(ProviderError error) => new() { Error = error };
}
