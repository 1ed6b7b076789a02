namespace Integrations.Providers.ChatWidget;

/// <summary>Names of the details beyond the specification's nine.</summary>
internal static class ChatWidgetProperties
{
    public const string AllowedOrigins = "allowed_origins";
    public const string IdentitySecret = "identity_secret";
    public const string RequireIdentity = "require_identity";
    public const string SessionEpoch = "session_epoch";
    public const string SessionsPerHour = "sessions_per_hour";
    public const string Locale = "locale";
    public const string Strings = "strings";
    public const string Theme = "theme";
    public const string Prechat = "prechat";
}
