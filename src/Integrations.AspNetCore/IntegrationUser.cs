namespace Integrations.AspNetCore;

/// <summary>Who is asking. Immutable.</summary>
public sealed class IntegrationUser
{
    /// <summary>The client (tenant) the person acts for. Everything the endpoints read or change belongs to it.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>
    /// Names the signed-in person, for example the subject id; the same on every request of theirs. Only the person who started
    /// a connect can complete it.
    /// </summary>
    public required string UserBinding { get; init; }
}
