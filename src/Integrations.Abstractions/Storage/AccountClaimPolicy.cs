namespace Integrations;

/// <summary>What happens when a client connects an account that another integration owns.</summary>
public enum AccountClaimPolicy
{
    /// <summary>The new connection is refused. The default.</summary>
    Reject,

    /// <summary>The account moves: the old integration is disconnected and its owner told.</summary>
    Transfer,
}
