namespace Integrations;

/// <summary>Whose a pending authorization is.</summary>
internal sealed class AuthorizationBinding
{
    public required Guid ClientId { get; init; }

    public required Guid ChatId { get; init; }

    public required IntegrationType Type { get; init; }

    public required string UserBinding { get; init; }

    public required string BrowserHash { get; init; }

    public string? ReturnPath { get; init; }

    /// <summary>Whether a connected integration may move to another account.</summary>
    public bool AllowAccountSwitch { get; init; }

    public static AuthorizationBinding Of(PendingAuthorization authorization, bool allowAccountSwitch) => new()
    {
        ClientId = authorization.ClientId,
        ChatId = authorization.ChatId,
        Type = authorization.Type,
        UserBinding = authorization.UserBinding,
        BrowserHash = authorization.BrowserHash,
        ReturnPath = authorization.ReturnPath,
        AllowAccountSwitch = allowAccountSwitch,
    };
}
