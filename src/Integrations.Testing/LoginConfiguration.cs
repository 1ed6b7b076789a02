namespace Integrations.Testing;

/// <summary>
/// A configuration of Facebook Login for Business. Unlike classic login it is all or nothing: a person who declines one permission
/// grants none.
/// </summary>
public sealed class LoginConfiguration
{
    /// <summary>Value of the dialog's <c>config_id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The permissions the configuration asks for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>True for a business integration system user token: no expiry and no <c>expires_in</c> in the exchange answer.</summary>
    public bool SystemUserToken { get; init; }
}
