namespace Integrations.Providers.Meta;

/// <summary>The webhook fields of a Page that say which channel wants its subscription.</summary>
internal static class PageFields
{
    /// <summary>
    /// An Instagram account sends its messages only while its Page is subscribed to by any field. This one is Instagram's mark:
    /// Messenger does not use it, and it is quiet, since Pages are rarely renamed.
    /// https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
    /// </summary>
    public const string InstagramMark = "name";
}
