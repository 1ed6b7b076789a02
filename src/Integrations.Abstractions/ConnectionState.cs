namespace Integrations;

/// <summary>The state of an integration's connection to its account.</summary>
public enum ConnectionState
{
    /// <summary>Configured, and not authorised yet.</summary>
    Pending,

    /// <summary>Authorised and working.</summary>
    Connected,

    /// <summary>Working or expected to work again by itself; the latest calls failed.</summary>
    Degraded,

    /// <summary>The grant is gone: its owner must connect again.</summary>
    ReconnectRequired,

    /// <summary>The platform blocks this account for now, for example after a policy violation.</summary>
    Suspended,

    /// <summary>Disconnected on purpose; its tokens are gone.</summary>
    Disconnected,
}
