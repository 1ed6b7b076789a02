using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A message to store.</summary>
public sealed class NewMessage
{
    /// <summary>Our own id, version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Which way it goes.</summary>
    public required MessageDirection Direction { get; init; }

    /// <summary>Messages of one lane are handled in order, one at a time. At most 200 characters.</summary>
    public required string Lane { get; init; }

    /// <summary>What makes it the same message within its integration. At most 300 characters.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>The contact. Null for events of the account itself.</summary>
    public string? ContactId { get; init; }

    /// <summary>The kind of event, or <c>message</c> on the way out.</summary>
    public required string Kind { get; init; }

    /// <summary>The event or message as JSON.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Payload { get; init; }

    /// <summary>When it came, UTC.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>The W3C trace context it came under. Null if none.</summary>
    public string? TraceParent { get; init; }
}
