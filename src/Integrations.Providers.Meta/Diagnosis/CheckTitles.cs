using System.Globalization;

namespace Integrations.Providers.Meta;

/// <summary>What Meta's checks are called, and how they say a time.</summary>
internal static class CheckTitles
{
    public const string Token = "Token";
    public const string Scopes = "Permissions";
    public const string Role = "Role on the Page";
    public const string Subscription = "Webhook fields of the account";
    public const string AppWebhook = "Webhook of the app";
    public const string AppMode = "App published";
    public const string RateBudget = "Rate budget";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
