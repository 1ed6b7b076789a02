namespace Integrations;

/// <summary>What a deployment does to an integration's row.</summary>
public enum ChannelAction
{
    /// <summary>Creates it.</summary>
    Create,

    /// <summary>Changes its settings.</summary>
    Update,

    /// <summary>Nothing: the settings are the same.</summary>
    Keep,

    /// <summary>Nothing: the channel cannot be deployed.</summary>
    None,
}
