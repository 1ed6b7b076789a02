namespace Integrations;

/// <summary>A client wants to connect a chat to a platform.</summary>
public sealed class StartConnectRequest
{
    /// <summary>The client.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The host's signed-in user, for example its subject id. Only the same user can complete.</summary>
    public required string UserBinding { get; init; }

    /// <summary>The token this browser already has from an earlier start, so that several can be under way. Empty for a new one.</summary>
    public Secret BrowserToken { get; init; }

    /// <summary>The local path to return to, starting with a single <c>/</c>. Null for <c>/</c>.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>True to ask again for scopes the person declined before.</summary>
    public bool Reconsent { get; init; }

    /// <summary>
    /// True lets an integration that is connected move to another account: the old one is freed and its platform told. False, the
    /// default: connecting again heals the connection to the same account, and another account is refused
    /// (<see cref="ConnectOutcome.AccountMismatch"/>). A disconnected integration has no account and takes any.
    /// </summary>
    public bool AllowAccountSwitch { get; init; }
}
