using System.Collections.Frozen;

namespace Integrations.Testing;

/// <summary>Permissions and webhook fields by the spelling of Meta's own SDK (adobjects/page.py).</summary>
internal static class MetaScopes
{
    public const string ShowList = "pages_show_list";
    public const string ManageMetadata = "pages_manage_metadata";
    public const string Messaging = "pages_messaging";
    public const string InstagramBasic = "instagram_basic";
    public const string InstagramComments = "instagram_manage_comments";
    public const string InstagramMessages = "instagram_manage_messages";

    public static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "public_profile", "email", ShowList, ManageMetadata, Messaging, "pages_read_engagement", "pages_read_user_content",
        "pages_manage_engagement", "business_management", InstagramBasic, InstagramMessages, InstagramComments,
    ], StringComparer.Ordinal);

    /// <summary>Permissions that are granted per Page or Instagram account and so appear with target ids in granular_scopes.</summary>
    public static bool IsGranular(string scope) =>
        scope.StartsWith("pages_", StringComparison.Ordinal) || scope.StartsWith("instagram_", StringComparison.Ordinal);

    public static readonly FrozenSet<string> PageFields = FrozenSet.ToFrozenSet(
    [
        "messages", "message_echoes", "message_edits", "message_reactions", "message_reads", "message_deliveries",
        "messaging_postbacks", "messaging_referrals", "messaging_optins", "messaging_handovers", "standby",
        "messaging_account_linking", "messaging_policy_enforcement", "messaging_feedback_submission", "messaging_game_plays",
        "feed", "mention", "leadgen", "ratings", "name", "inbox_labels", "message_requests",
    ], StringComparer.Ordinal);

    public static bool IsMessagingField(string field) =>
        field.StartsWith("messag", StringComparison.Ordinal) || field == "standby";
}
