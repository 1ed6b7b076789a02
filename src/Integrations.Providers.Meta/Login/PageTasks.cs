using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>What a person may do on a Page. The task <c>MESSAGE</c> of older documentation never occurs; it is <c>MESSAGING</c>.</summary>
internal static class PageTasks
{
    private static readonly HashSet<string> Sufficient =
    [
        "MESSAGING", "MODERATE", "MANAGE", "PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_FULL_CONTROL",
        "PROFILE_PLUS_MODERATE", "PROFILE_PLUS_MANAGE",
    ];

    /// <summary>Whether a Page can be connected, by its tasks; Meta lists none outside of <c>me/accounts</c>.</summary>
    public static bool AllowMessaging(JsonElement page) =>
        page.Texts("tasks") is not { } tasks || tasks.Any(Sufficient.Contains);
}
