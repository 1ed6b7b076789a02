using System.Collections.Frozen;

namespace Integrations.Testing;

/// <summary>Permissions of the Instagram login (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login).</summary>
internal static class InstagramScopes
{
    public const string Basic = "instagram_business_basic";
    public const string Messages = "instagram_business_manage_messages";
    public const string Comments = "instagram_business_manage_comments";

    public static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [Basic, Messages, Comments, "instagram_business_content_publish", "instagram_business_manage_insights"], StringComparer.Ordinal);
}
