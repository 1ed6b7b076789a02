namespace Integrations.Testing;

internal sealed class AccessToken
{
    public required string Value { get; init; }

    public required SimulatedTokenKind Kind { get; init; }

    public SimulatedUser? User { get; init; }

    public SimulatedPage? Page { get; init; }

    /// <summary>The account of an Instagram user token.</summary>
    public SimulatedInstagramAccount? Account { get; init; }

    public Grant? Grant => Account?.Grant ?? User?.Grant;

    public AccessToken? Parent { get; init; }

    public bool LongLived { get; init; }

    public bool SystemUser { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Why the token died before its time: the first reason stays.</summary>
    public GraphError? Revoked { get; private set; }

    public void Revoke(GraphError reason) => Revoked ??= reason;

    public GraphError? ProblemAt(DateTimeOffset now) =>
        Revoked ?? (ExpiresAt <= now ? GraphErrors.SessionExpired(ExpiresAt.Value, now) : null);
}
