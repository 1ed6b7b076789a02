namespace Integrations;

/// <summary>A person's request that their data be deleted: how it stands, and the audit line that stays of it. Immutable.</summary>
public sealed class DeletionStatus
{
    /// <summary>Our own id, version 7: later ones are greater.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the person can ask with.</summary>
    public required string ConfirmationCode { get; init; }

    /// <summary>The platform that asked.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>
    /// Who asked: SHA-256, lower-case hex, of <c>type:id</c> in UTF-8, the id being the platform's of the person. Tells whether a
    /// known id asked, and names nobody.
    /// </summary>
    public required string SubjectHash { get; init; }

    /// <summary>How far it has come.</summary>
    public required DeletionState State { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When all of it was erased. Null if it is not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Integrations erased.</summary>
    public required int Integrations { get; init; }

    /// <summary>Contacts erased. Can be a little low if a host died in between.</summary>
    public required long Contacts { get; init; }

    /// <summary>Messages erased. Can be a little low if a host died in between.</summary>
    public required long Messages { get; init; }
}
