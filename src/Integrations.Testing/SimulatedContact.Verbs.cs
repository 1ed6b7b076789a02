using System.Text.Json.Nodes;

namespace Integrations.Testing;

public sealed partial class SimulatedContact
{
    /// <summary>Writes a text, optionally as a reply to <paramref name="replyTo"/>.</summary>
    public Task<SimulatedEvent> SendTextAsync(string text, string? replyTo = null, CancellationToken ct = default)
    {
        var message = _voice.NewMessage(text);
        if (replyTo is not null)
            message["reply_to"] = new JsonObject { ["mid"] = replyTo, ["is_self_reply"] = false };
        return _voice.MessageAsync(message, ct);
    }

    /// <summary>Taps a quick reply.</summary>
    public Task<SimulatedEvent> TapQuickReplyAsync(string title, string payload, CancellationToken ct = default) =>
        _voice.QuickReplyAsync(title, payload, ct);

    /// <summary>Sends one attachment: <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>, <c>reel</c>, …</summary>
    public Task<SimulatedEvent> SendAttachmentAsync(string type, Uri url, CancellationToken ct = default) =>
        AttachmentAsync(type, new JsonObject { ["url"] = url.OriginalString }, ct);

    /// <summary>Shares a place.</summary>
    public Task<SimulatedEvent> SendLocationAsync(double latitude, double longitude, CancellationToken ct = default) => AttachmentAsync(
        "location", new JsonObject { ["coordinates"] = new JsonObject { ["lat"] = latitude, ["long"] = longitude } }, ct);

    /// <summary>Sends a sticker; 369239263222822 is the small thumbs-up.</summary>
    public Task<SimulatedEvent> SendStickerAsync(long stickerId = 369239263222822, CancellationToken ct = default) => AttachmentAsync(
        "sticker", new JsonObject { ["url"] = $"https://scontent.example.com/{stickerId}.png", ["sticker_id"] = stickerId }, ct);

    /// <summary>Sends something the platform cannot pass on.</summary>
    public Task<SimulatedEvent> SendUnsupportedAsync(CancellationToken ct = default) => _voice.UnsupportedAsync(ct);

    /// <summary>Taps a button, menu item or Get Started.</summary>
    public Task<SimulatedEvent> TapPostbackAsync(string title, string payload, string? referral = null, CancellationToken ct = default)
    {
        var postback = _voice.NewMessage();
        postback["title"] = title;
        postback["payload"] = payload;
        if (referral is not null)
            postback["referral"] = ContactVoice.Referral(referral, "SHORTLINK");
        return _voice.PostbackAsync(postback, ct);
    }

    /// <summary>Reacts to a message, for example with ❤ and <c>love</c>.</summary>
    public Task<SimulatedEvent> ReactAsync(string mid, string emoji = "❤", string reaction = "love", CancellationToken ct = default) =>
        _voice.ReactAsync(mid, emoji, reaction, ct);

    /// <summary>Takes a reaction back.</summary>
    public Task<SimulatedEvent> UnreactAsync(string mid, CancellationToken ct = default) => _voice.UnreactAsync(mid, ct);

    /// <summary>Edits an own message; the webhook carries the original mid.</summary>
    public Task<SimulatedEvent> EditAsync(string mid, string text, int edits = 1, CancellationToken ct = default) =>
        _voice.EditAsync("message_edits", mid, text, edits, ct);

    /// <summary>Unsends an own message.</summary>
    public Task<SimulatedEvent> UnsendAsync(string mid, CancellationToken ct = default) => _voice.UnsendAsync(mid, ct);

    /// <summary>Opens the thread through an m.me link or an ad.</summary>
    public Task<SimulatedEvent> FollowReferralAsync(string reference, string source = "SHORTLINK", CancellationToken ct = default) =>
        _voice.ReferralAsync("messaging_referrals", reference, source, ct);

    /// <summary>Opts in through a plugin.</summary>
    public Task<SimulatedEvent> OptInAsync(string reference, CancellationToken ct = default) => _voice.EmitAsync(
        "messaging_optins", new JsonObject { ["optin"] = new JsonObject { ["ref"] = reference } }, opensWindow: true, ct);

    /// <summary>Links an account of the host.</summary>
    public Task<SimulatedEvent> LinkAccountAsync(string authorizationCode, CancellationToken ct = default) => _voice.EmitAsync(
        "messaging_account_linking",
        new JsonObject { ["account_linking"] = new JsonObject { ["status"] = "linked", ["authorization_code"] = authorizationCode } },
        opensWindow: false, ct);

    /// <summary>Reads everything up to now.</summary>
    public Task<SimulatedEvent> ReadAsync(CancellationToken ct = default) => _voice.EmitAsync(
        "message_reads", new JsonObject { ["read"] = new JsonObject { ["watermark"] = Watermark } }, opensWindow: false, ct);

    /// <summary>The contact's device confirms what it received so far.</summary>
    public Task<SimulatedEvent> ConfirmDeliveryAsync(CancellationToken ct = default)
    {
        var mids = new JsonArray([.. Received.Where(sent => sent.Mid is not null).Select(sent => JsonValue.Create(sent.Mid))]);
        var delivery = new JsonObject { ["mids"] = mids, ["watermark"] = Watermark };
        return _voice.EmitAsync("message_deliveries", new JsonObject { ["delivery"] = delivery }, opensWindow: false, ct);
    }

    /// <summary>Writes while another app owns the thread: the event arrives under <c>standby</c> and must not be answered.</summary>
    public Task<SimulatedEvent> SendOnStandbyAsync(string text, CancellationToken ct = default) => _voice.StandbyAsync(text, ct);

    private long Watermark => _world.Now.ToUnixTimeMilliseconds();

    private Task<SimulatedEvent> AttachmentAsync(string type, JsonObject payload, CancellationToken ct) =>
        _voice.AttachmentAsync(new JsonObject { ["type"] = type, ["payload"] = payload }, ct);
}
