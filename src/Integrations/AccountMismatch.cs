namespace Integrations;

/// <summary>Which account an integration is connected to, and which came instead. Nothing was changed. Immutable.</summary>
public sealed class AccountMismatch
{
    /// <summary>The platform's id of the account the integration is connected to.</summary>
    public required string ConnectedId { get; init; }

    /// <summary>Its name for people. Null if not known.</summary>
    public string? ConnectedName { get; init; }

    /// <summary>The accounts the new grant opens. At least one.</summary>
    public required IReadOnlyList<PlatformAccount> Offered { get; init; }
}
