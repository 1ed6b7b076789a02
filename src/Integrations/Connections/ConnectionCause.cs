namespace Integrations;

/// <summary>What moves a connection. New causes go into <see cref="ConnectionStateMachine"/> with them.</summary>
internal enum ConnectionCause
{
    /// <summary>An owner connected an account.</summary>
    AccountConnected,

    /// <summary>Refreshes have failed for a while, for want of a platform that answers.</summary>
    RefreshFailing,

    /// <summary>The platform gave a fresh token.</summary>
    RefreshSucceeded,

    /// <summary>The platform takes our calls, and cannot be made to deliver.</summary>
    ActivationFailed,

    /// <summary>It delivers.</summary>
    ActivationSucceeded,

    /// <summary>The platform took a message.</summary>
    SendSucceeded,

    /// <summary>The grant is gone, as a refresh or a probe confirmed.</summary>
    GrantLost,

    /// <summary>The person who connected it removed the app there.</summary>
    Deauthorized,

    /// <summary>The platform refuses the account for its conduct, or says that it does.</summary>
    PolicyBlocked,

    /// <summary>The platform says that it no longer does.</summary>
    PolicyLifted,

    /// <summary>The owner disconnected it, or had its data deleted.</summary>
    OwnerDisconnected,

    /// <summary>Another integration connected its account.</summary>
    AccountTransferred,
}
