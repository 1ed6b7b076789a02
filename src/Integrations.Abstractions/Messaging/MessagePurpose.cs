namespace Integrations;

/// <summary>Why a message is sent.</summary>
public enum MessagePurpose
{
    /// <summary>An answer to the contact.</summary>
    Response,

    /// <summary>Something the contact did not ask for just now, inside the reply window.</summary>
    Update,

    /// <summary>An answer written by a person, which platforms allow longer. Never for an agent's text.</summary>
    HumanAgent,
}
