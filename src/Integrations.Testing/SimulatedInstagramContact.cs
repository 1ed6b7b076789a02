using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// A person writing to an Instagram account. Each verb tells the app by webhook and completes when the first attempt was answered, or at
/// once when the pump holds or delays or when nobody is subscribed. Thread-safe.
/// </summary>
public sealed partial class SimulatedInstagramContact
{
    private readonly MetaWorld _world;

    internal SimulatedInstagramContact(MetaWorld world, SimulatedInstagramAccount account, string id, string username, string name) =>
        (_world, Account, Id, Username, Name) = (world, account, id, username, name);

    /// <summary>Instagram-scoped id (IGSID).</summary>
    public string Id { get; }

    /// <summary>The account this contact writes to.</summary>
    public SimulatedInstagramAccount Account { get; }

    /// <summary>The handle as the profile lookup answers it, without @.</summary>
    public string Username { get; }

    /// <summary>The name as the profile lookup answers it.</summary>
    public string Name { get; }

    /// <summary>When the contact last did something that opens the reply window; null before the first action.</summary>
    public DateTimeOffset? LastActionAt { get; private set; }

    /// <summary>Sends to this contact fail with code 100/2534014: deleted, or has blocked the account.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>The profile lookup fails with code 230 (no consent), which is normal and must not break a conversation.</summary>
    public bool ProfileHidden { get; set; }

    /// <summary>What this contact received, oldest first, sender actions included.</summary>
    public IReadOnlyList<SentMessage> Received => [.. Account.SentMessages.Where(sent => sent.RecipientId == Id)];

    /// <summary>Moves the last action back so that the 24 hour window is closed, for clocks that cannot be advanced.</summary>
    public void CloseWindow()
    {
        lock (_world.Gate)
            LastActionAt = _world.Now - TimeSpan.FromHours(25);
    }

    /// <summary>
    /// Sends any messaging item: sender, recipient and timestamp are filled in where <paramref name="itemJson"/> has none. For payloads
    /// that have no verb here and for malformed ones. The JSON must be an object.
    /// </summary>
    public Task<SimulatedEvent> SendRawAsync(string field, string itemJson, bool standby = false, CancellationToken ct = default) =>
        EmitAsync(field, JsonNode.Parse(itemJson)!.AsObject(), opensWindow: false, ct, standby ? "standby" : "messaging");

    internal JsonObject ToNode() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["username"] = Username,
        ["profile_pic"] = $"https://scontent.example.com/{Id}.jpg",
        ["is_verified_user"] = false,
        ["follower_count"] = 0,
        ["is_user_follow_business"] = false,
        ["is_business_follow_user"] = false,
    };

    private Task<SimulatedEvent> EmitAsync(string field, JsonObject item, bool opensWindow, CancellationToken ct, string container = "messaging")
    {
        var full = new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = Id },
            ["recipient"] = new JsonObject { ["id"] = Account.Id },
            ["timestamp"] = _world.Now.ToUnixTimeMilliseconds(),
        };
        foreach (var (name, value) in item.ToArray())
            full[name] = value?.DeepClone();
        return TellAsync(field, full, opensWindow, container, ct);
    }

    private async Task<SimulatedEvent> TellAsync(string field, JsonObject item, bool opensWindow, string container, CancellationToken ct)
    {
        DateTimeOffset now;
        string? obstacle;
        lock (_world.Gate)
        {
            now = _world.Now;
            if (opensWindow)
                LastActionAt = now;
            obstacle = Account.Source.Obstacle(field);
        }

        var mid = (item["message"] ?? item["postback"] ?? item["message_edit"]) is JsonObject content ? content["mid"]?.ToString() : null;
        return new SimulatedEvent
        {
            Mid = mid,
            At = now,
            Field = field,
            NotDeliveredBecause = obstacle,
            Delivery = obstacle is null ? await _world.Pump.EnqueueAsync(new PendingEvent(Account.Source, field, container, item), ct) : null,
        };
    }
}
