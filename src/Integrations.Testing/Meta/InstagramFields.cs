using System.Collections.Frozen;

namespace Integrations.Testing;

/// <summary>Webhook fields of an Instagram account by the spelling of Meta's own SDK (adobjects/iguserforigonlyapi.py): not those of a Page.</summary>
internal static class InstagramFields
{
    public static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "messages", "message_edit", "message_reactions", "messaging_seen", "messaging_postbacks", "messaging_referral", "messaging_optins",
        "messaging_handover", "standby", "comments", "live_comments", "mentions",
    ], StringComparer.Ordinal);

    public static bool IsMessaging(string field) => MetaScopes.IsMessagingField(field);
}
