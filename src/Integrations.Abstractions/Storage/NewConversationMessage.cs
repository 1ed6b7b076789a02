using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A message to add to a conversation.</summary>
public sealed class NewConversationMessage
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The contact whose conversation it is. At most 200 characters.</summary>
    public required string ContactId { get; init; }

    /// <summary>What makes it the same message within its conversation. At most 100 characters.</summary>
    public required string MessageKey { get; init; }

    /// <summary>Who wrote it. Only a contact's message starts a conversation.</summary>
    public required ConversationAuthor Author { get; init; }

    /// <summary>What it says, as JSON.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Payload { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}
