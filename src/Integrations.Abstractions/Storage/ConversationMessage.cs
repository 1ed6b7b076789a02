using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A message of a conversation, as stored. Immutable.</summary>
public sealed class ConversationMessage
{
    /// <summary>Its number: without gaps that a reader could skip, and visible in this order only.</summary>
    public required long Sequence { get; init; }

    /// <summary>What makes it the same message within its conversation.</summary>
    public required string MessageKey { get; init; }

    /// <summary>Who wrote it.</summary>
    public required ConversationAuthor Author { get; init; }

    /// <summary>What it says, as JSON.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Payload { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime At { get; init; }
}
