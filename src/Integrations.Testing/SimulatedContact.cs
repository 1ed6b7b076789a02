using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// A person writing to a Page. Each verb tells the app by webhook and completes when the first attempt was answered, or at once when
/// the pump holds or delays or when nobody is subscribed. Thread-safe.
/// </summary>
public sealed partial class SimulatedContact
{
    private readonly MetaWorld _world;

    internal SimulatedContact(MetaWorld world, SimulatedPage page, string id, string firstName, string lastName) =>
        (_world, Page, Id, FirstName, LastName) = (world, page, id, firstName, lastName);

    /// <summary>Page-scoped id (PSID).</summary>
    public string Id { get; }

    /// <summary>The Page this contact writes to.</summary>
    public SimulatedPage Page { get; }

    /// <summary>First name as the profile lookup answers it.</summary>
    public string FirstName { get; }

    /// <summary>Last name as the profile lookup answers it.</summary>
    public string LastName { get; }

    /// <summary>When the contact last did something that opens the reply window; null before the first action.</summary>
    public DateTimeOffset? LastActionAt { get; private set; }

    /// <summary>Sends to this contact fail with code 551.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>The profile lookup fails with code 230 (no consent), which is normal and must not break a conversation.</summary>
    public bool ProfileHidden { get; set; }

    /// <summary>What this contact received, oldest first, sender actions included.</summary>
    public IReadOnlyList<SentMessage> Received => [.. Page.SentMessages.Where(sent => sent.RecipientId == Id)];

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
        ["first_name"] = FirstName,
        ["last_name"] = LastName,
        ["name"] = $"{FirstName} {LastName}",
        ["profile_pic"] = $"https://platform-lookaside.example.com/{Id}.jpg",
    };

    private async Task<SimulatedEvent> EmitAsync(string field, JsonObject item, bool opensWindow, CancellationToken ct, string container = "messaging")
    {
        DateTimeOffset now;
        string? obstacle;
        lock (_world.Gate)
        {
            now = _world.Now;
            if (opensWindow)
                LastActionAt = now;
            obstacle = Page.Source.Obstacle(field);
        }

        var full = new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = Id },
            ["recipient"] = new JsonObject { ["id"] = Page.Id },
            ["timestamp"] = now.ToUnixTimeMilliseconds(),
        };
        foreach (var (name, value) in item.ToArray())
            full[name] = value?.DeepClone();
        var mid = (full["message"] ?? full["postback"] ?? full["message_edit"]) is JsonObject content ? content["mid"]?.ToString() : null;
        return new SimulatedEvent
        {
            Mid = mid,
            At = now,
            Field = field,
            NotDeliveredBecause = obstacle,
            Delivery = obstacle is null ? await _world.Pump.EnqueueAsync(new PendingEvent(Page.Source, field, container, full), ct) : null,
        };
    }
}
