using System.Text.Json.Nodes;

namespace Integrations.Testing;

public sealed partial class SimulatedInstagramContact
{
    /// <summary>Writes a text, optionally as a reply to <paramref name="replyTo"/>.</summary>
    public Task<SimulatedEvent> SendTextAsync(string text, string? replyTo = null, CancellationToken ct = default)
    {
        var message = _voice.NewMessage(text);
        if (replyTo is not null)
            message["reply_to"] = new JsonObject { ["mid"] = replyTo };
        return _voice.MessageAsync(message, ct);
    }

    /// <summary>Taps a quick reply.</summary>
    public Task<SimulatedEvent> TapQuickReplyAsync(string title, string payload, CancellationToken ct = default) =>
        _voice.QuickReplyAsync(title, payload, ct);

    /// <summary>
    /// Sends one attachment: <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>, <c>share</c>, <c>ig_post</c>, <c>ig_reel</c>, … Without
    /// <paramref name="url"/> the payload is empty, as for copyrighted and view-once media.
    /// </summary>
    public Task<SimulatedEvent> SendAttachmentAsync(string type, Uri? url = null, CancellationToken ct = default) =>
        _voice.AttachmentAsync(new JsonObject { ["type"] = type, ["payload"] = url is null ? new JsonObject() : new JsonObject { ["url"] = url.OriginalString } }, ct);

    /// <summary>Sends the heart, an attachment without a payload.</summary>
    public Task<SimulatedEvent> SendHeartAsync(CancellationToken ct = default) => _voice.AttachmentAsync(new JsonObject { ["type"] = "like_heart" }, ct);

    /// <summary>Mentions the account in a story.</summary>
    public Task<SimulatedEvent> MentionInStoryAsync(Uri story, CancellationToken ct = default) => SendAttachmentAsync("story_mention", story, ct);

    /// <summary>Replies to a story of the account.</summary>
    public Task<SimulatedEvent> ReplyToStoryAsync(string text, string storyId, Uri story, CancellationToken ct = default)
    {
        var message = _voice.NewMessage(text);
        message["reply_to"] = new JsonObject { ["story"] = new JsonObject { ["id"] = storyId, ["url"] = story.OriginalString } };
        return _voice.MessageAsync(message, ct);
    }

    /// <summary>Sends something the platform cannot pass on.</summary>
    public Task<SimulatedEvent> SendUnsupportedAsync(CancellationToken ct = default) => _voice.UnsupportedAsync(ct);

    /// <summary>Taps a button or menu item.</summary>
    public Task<SimulatedEvent> TapPostbackAsync(string title, string payload, CancellationToken ct = default)
    {
        var postback = _voice.NewMessage();
        postback["title"] = title;
        postback["payload"] = payload;
        return _voice.PostbackAsync(postback, ct);
    }

    /// <summary>Taps an ice breaker, whose postback may have no mid.</summary>
    public Task<SimulatedEvent> TapIceBreakerAsync(string question, string payload, CancellationToken ct = default) =>
        _voice.PostbackAsync(new JsonObject { ["title"] = question, ["payload"] = payload }, ct);

    /// <summary>Reacts to a message, for example with ❤ and <c>love</c>.</summary>
    public Task<SimulatedEvent> ReactAsync(string mid, string emoji = "❤", string reaction = "love", CancellationToken ct = default) =>
        _voice.ReactAsync(mid, emoji, reaction, ct);

    /// <summary>Takes a reaction back.</summary>
    public Task<SimulatedEvent> UnreactAsync(string mid, CancellationToken ct = default) => _voice.UnreactAsync(mid, ct);

    /// <summary>Edits an own message; null is the edit without text that was seen in the wild.</summary>
    public Task<SimulatedEvent> EditAsync(string mid, string? text, int edits = 1, CancellationToken ct = default) =>
        _voice.EditAsync("message_edit", mid, text, edits, ct);

    /// <summary>Unsends an own message.</summary>
    public Task<SimulatedEvent> UnsendAsync(string mid, CancellationToken ct = default) => _voice.UnsendAsync(mid, ct);

    /// <summary>Sees one message: a mid, and no watermark as on a Page.</summary>
    public Task<SimulatedEvent> SeeAsync(string mid, CancellationToken ct = default) => _voice.EmitAsync(
        "messaging_seen", new JsonObject { ["read"] = new JsonObject { ["mid"] = mid } }, opensWindow: false, ct);

    /// <summary>Opens the thread through an ig.me link or an ad.</summary>
    public Task<SimulatedEvent> FollowReferralAsync(string reference, string source = "IGME", CancellationToken ct = default) =>
        _voice.ReferralAsync("messaging_referral", reference, source, ct);

    /// <summary>Writes while another app owns the thread: the event arrives under <c>standby</c> and must not be answered.</summary>
    public Task<SimulatedEvent> SendOnStandbyAsync(string text, CancellationToken ct = default) => _voice.StandbyAsync(text, ct);

    /// <summary>
    /// Comments on a post. Meta documents <c>field</c> and <c>value</c> in the entry itself for the Instagram login
    /// (<paramref name="flat"/>) and sends them under <c>changes</c> since v24.0.
    /// </summary>
    public Task<SimulatedEvent> CommentAsync(string text, string mediaId, bool flat = false, CancellationToken ct = default)
    {
        var value = new JsonObject
        {
            ["id"] = _world.Ids.InstagramNumber("18"),
            ["from"] = new JsonObject { ["id"] = Id, ["username"] = Username },
            ["text"] = text,
            ["media"] = new JsonObject { ["id"] = mediaId, ["media_product_type"] = "FEED" },
        };
        return _voice.TellAsync("comments", new JsonObject { ["field"] = "comments", ["value"] = value }, opensWindow: false, flat ? PendingEvent.Flat : "changes", ct);
    }
}
