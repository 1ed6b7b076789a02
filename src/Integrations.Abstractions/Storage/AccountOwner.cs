namespace Integrations;

/// <summary>Who owns an account.</summary>
public sealed class AccountOwner
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The integration that owns it.</summary>
    public required IntegrationKey Key { get; init; }
}
