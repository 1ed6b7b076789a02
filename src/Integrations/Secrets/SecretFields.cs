namespace Integrations;

/// <summary>The names of the places that hold sealed secrets. They are part of what is stored: never rename one.</summary>
internal static class SecretFields
{
    public const string AuthToken = "auth_token";
    public const string RefreshToken = "refresh_token";

    /// <summary>A top-level property of the details document.</summary>
    public static string Details(string property) => $"details.{property}";

    /// <summary>What a pending authorization keeps.</summary>
    public static string Authorization(string handleHash) => $"authorization.{handleHash}";
}
