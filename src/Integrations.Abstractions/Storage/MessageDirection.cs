namespace Integrations;

/// <summary>Which way a message goes.</summary>
public enum MessageDirection
{
    /// <summary>From a contact to the agent.</summary>
    Inbound,

    /// <summary>From the agent to a contact.</summary>
    Outbound,
}
