using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>One row of <c>integration_messages</c>. Times are UTC.</summary>
public sealed class StoredMessage
{
    /// <summary>Our own id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Which way it goes.</summary>
    public required MessageDirection Direction { get; init; }

    /// <summary>Its lane.</summary>
    public required string Lane { get; init; }

    /// <summary>What makes it the same message within its integration.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>The contact. Null for events of the account itself.</summary>
    public string? ContactId { get; init; }

    /// <summary>The kind of event, or <c>message</c> on the way out.</summary>
    public required string Kind { get; init; }

    /// <summary>The event or message as JSON. Empty once it is erased.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Payload { get; init; }

    /// <summary>Where it stands.</summary>
    public required MessageState State { get; init; }

    /// <summary>How often it was tried and failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When the last send left, if no end of it is known. Null otherwise.</summary>
    public DateTime? SendingSince { get; init; }

    /// <summary>When it came.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>When it was settled. Null while pending.</summary>
    public DateTime? SettledAt { get; init; }

    /// <summary>The platform's id of a sent message. Null if not known.</summary>
    public string? PlatformMessageId { get; init; }

    /// <summary>The latest failure, safe text. Null if none.</summary>
    public string? LastError { get; init; }

    /// <summary>The W3C trace context it came under. Null if none.</summary>
    public string? TraceParent { get; init; }
}
