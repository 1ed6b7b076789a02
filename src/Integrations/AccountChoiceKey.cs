namespace Integrations;

/// <summary>Opens an account choice: only for the browser and the user that started.</summary>
public sealed class AccountChoiceKey
{
    /// <summary>The choice's handle.</summary>
    public required Secret Handle { get; init; }

    /// <summary>The token kept in the browser.</summary>
    public required Secret BrowserToken { get; init; }

    /// <summary>The host's signed-in user.</summary>
    public required string UserBinding { get; init; }
}
