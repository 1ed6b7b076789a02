namespace Integrations.Testing;

/// <summary>What an access token stands for.</summary>
public enum SimulatedTokenKind
{
    /// <summary>The call carried no token.</summary>
    None,

    /// <summary>The call carried a token that the simulator never issued.</summary>
    Unknown,

    /// <summary>A person's token.</summary>
    User,

    /// <summary>A token that acts as one Page.</summary>
    Page,

    /// <summary>The token of an Instagram account that logged in.</summary>
    Instagram,

    /// <summary>The app's own token, <c>id|secret</c>.</summary>
    App,
}
