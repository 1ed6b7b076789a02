using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// What a person can do to a Page and to an Instagram account alike: fills in sender, recipient and timestamp, moves the reply window
/// and tells the app.
/// </summary>
internal sealed class ContactVoice(MetaWorld world, EventSource source, string contactId)
{
    /// <summary>When the contact last did something that opens the reply window.</summary>
    public DateTimeOffset? LastActionAt { get; private set; }

    public void CloseWindow()
    {
        lock (world.Gate)
            LastActionAt = world.Now - TimeSpan.FromHours(25);
    }

    public JsonObject NewMessage() => new() { ["mid"] = world.Ids.Mid() };

    public JsonObject NewMessage(string text)
    {
        var message = NewMessage();
        message["text"] = text;
        return message;
    }

    public Task<SimulatedEvent> MessageAsync(JsonObject message, CancellationToken ct) =>
        EmitAsync("messages", new JsonObject { ["message"] = message }, opensWindow: true, ct);

    public Task<SimulatedEvent> QuickReplyAsync(string title, string payload, CancellationToken ct)
    {
        var message = NewMessage(title);
        message["quick_reply"] = new JsonObject { ["payload"] = payload };
        return MessageAsync(message, ct);
    }

    public Task<SimulatedEvent> AttachmentAsync(JsonObject attachment, CancellationToken ct)
    {
        var message = NewMessage();
        message["attachments"] = new JsonArray(attachment);
        return MessageAsync(message, ct);
    }

    public Task<SimulatedEvent> UnsupportedAsync(CancellationToken ct)
    {
        var message = NewMessage();
        message["is_unsupported"] = true;
        return MessageAsync(message, ct);
    }

    public Task<SimulatedEvent> StandbyAsync(string text, CancellationToken ct) =>
        EmitAsync("standby", new JsonObject { ["message"] = NewMessage(text) }, opensWindow: true, ct, "standby");

    public Task<SimulatedEvent> PostbackAsync(JsonObject postback, CancellationToken ct) =>
        EmitAsync("messaging_postbacks", new JsonObject { ["postback"] = postback }, opensWindow: true, ct);

    public Task<SimulatedEvent> ReactAsync(string mid, string emoji, string reaction, CancellationToken ct) => EmitAsync(
        "message_reactions",
        new JsonObject { ["reaction"] = new JsonObject { ["mid"] = mid, ["action"] = "react", ["emoji"] = emoji, ["reaction"] = reaction } },
        opensWindow: true, ct);

    public Task<SimulatedEvent> UnreactAsync(string mid, CancellationToken ct) => EmitAsync(
        "message_reactions", new JsonObject { ["reaction"] = new JsonObject { ["mid"] = mid, ["action"] = "unreact" } }, opensWindow: false, ct);

    public Task<SimulatedEvent> EditAsync(string field, string mid, string? text, int edits, CancellationToken ct) => EmitAsync(
        field, new JsonObject { ["message_edit"] = new JsonObject { ["mid"] = mid, ["text"] = text, ["num_edit"] = edits } }, opensWindow: false, ct);

    public Task<SimulatedEvent> UnsendAsync(string mid, CancellationToken ct) => EmitAsync(
        "messages", new JsonObject { ["message"] = new JsonObject { ["mid"] = mid, ["is_deleted"] = true } }, opensWindow: false, ct);

    public Task<SimulatedEvent> ReferralAsync(string field, string reference, string origin, CancellationToken ct) =>
        EmitAsync(field, new JsonObject { ["referral"] = Referral(reference, origin) }, opensWindow: true, ct);

    public Task<SimulatedEvent> RawAsync(string field, string itemJson, bool standby, CancellationToken ct) =>
        EmitAsync(field, JsonNode.Parse(itemJson)!.AsObject(), opensWindow: false, ct, standby ? "standby" : "messaging");

    public static JsonObject Referral(string reference, string origin) =>
        new() { ["ref"] = reference, ["source"] = origin, ["type"] = "OPEN_THREAD" };

    /// <summary>A messaging item, whose own sender, recipient and timestamp go before the ones filled in.</summary>
    public Task<SimulatedEvent> EmitAsync(string field, JsonObject item, bool opensWindow, CancellationToken ct, string container = "messaging")
    {
        var full = new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = contactId },
            ["recipient"] = new JsonObject { ["id"] = source.Id },
            ["timestamp"] = world.Now.ToUnixTimeMilliseconds(),
        };
        foreach (var (name, value) in item.ToArray())
            full[name] = value?.DeepClone();
        return TellAsync(field, full, opensWindow, container, ct);
    }

    /// <summary>An item as it stands.</summary>
    public async Task<SimulatedEvent> TellAsync(string field, JsonObject item, bool opensWindow, string container, CancellationToken ct)
    {
        DateTimeOffset now;
        string? obstacle;
        lock (world.Gate)
        {
            now = world.Now;
            if (opensWindow)
                LastActionAt = now;
            obstacle = source.Obstacle(field);
        }

        var mid = (item["message"] ?? item["postback"] ?? item["message_edit"]) is JsonObject content ? content["mid"]?.ToString() : null;
        return new SimulatedEvent
        {
            Mid = mid,
            At = now,
            Field = field,
            NotDeliveredBecause = obstacle,
            Delivery = obstacle is null ? await world.Pump.EnqueueAsync(new PendingEvent(source, field, container, item), ct) : null,
        };
    }
}
