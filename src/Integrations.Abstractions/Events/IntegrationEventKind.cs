namespace Integrations;

/// <summary>What happened to an integration. New members may be added: ignore those you do not know.</summary>
public enum IntegrationEventKind
{
    /// <summary>An account was connected.</summary>
    Connected,

    /// <summary>It went live.</summary>
    Deployed,

    /// <summary>It was paused by its owner.</summary>
    Paused,

    /// <summary>Calls fail for now; it is retried without anyone's help.</summary>
    Degraded,

    /// <summary>The owner must connect again. Raised once, until it is connected again.</summary>
    ReconnectRequired,

    /// <summary>The platform blocks the account for now.</summary>
    Suspended,

    /// <summary>It works again.</summary>
    Recovered,

    /// <summary>It was disconnected, or its account was taken over by another integration.</summary>
    Disconnected,

    /// <summary>A message from a contact arrived and is stored.</summary>
    MessageReceived,

    /// <summary>A message could not be handled or sent and will not be tried again.</summary>
    MessageFailed,

    /// <summary>The platform took scopes back; the connection still works without them.</summary>
    ScopesReduced,

    /// <summary>
    /// The connection ends soon and nothing but its owner can prolong it; with <see cref="IntegrationEvent.Cause"/> <c>consent_ends</c> the
    /// person's consent does, and what the platform takes away then is its own affair.
    /// </summary>
    ExpiryWarning,

    /// <summary>Contacts and message content were deleted, as the platform or the owner asked for.</summary>
    DataDeleted,
}
