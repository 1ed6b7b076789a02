using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// A person writing to an Instagram account. Each verb tells the app by webhook and completes when the first attempt was answered, or at
/// once when the pump holds or delays or when nobody is subscribed. Thread-safe.
/// </summary>
public sealed partial class SimulatedInstagramContact
{
    private readonly MetaWorld _world;
    private readonly ContactVoice _voice;

    internal SimulatedInstagramContact(MetaWorld world, SimulatedInstagramAccount account, string id, string username, string name)
    {
        (_world, Account, Id, Username, Name) = (world, account, id, username, name);
        _voice = new ContactVoice(world, account.Source, id);
    }

    /// <summary>Instagram-scoped id (IGSID).</summary>
    public string Id { get; }

    /// <summary>The account this contact writes to.</summary>
    public SimulatedInstagramAccount Account { get; }

    /// <summary>The handle as the profile lookup answers it, without @.</summary>
    public string Username { get; }

    /// <summary>The name as the profile lookup answers it.</summary>
    public string Name { get; }

    /// <summary>When the contact last did something that opens the reply window; null before the first action.</summary>
    public DateTimeOffset? LastActionAt => _voice.LastActionAt;

    /// <summary>Sends to this contact fail with code 100/2534014: deleted, or has blocked the account.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>The profile lookup fails with code 230 (no consent), which is normal and must not break a conversation.</summary>
    public bool ProfileHidden { get; set; }

    /// <summary>What this contact received, oldest first, sender actions included.</summary>
    public IReadOnlyList<SentMessage> Received => [.. Account.SentMessages.Where(sent => sent.RecipientId == Id)];

    /// <summary>Moves the last action back so that the 24 hour window is closed, for clocks that cannot be advanced.</summary>
    public void CloseWindow() => _voice.CloseWindow();

    /// <summary>
    /// Sends any messaging item: sender, recipient and timestamp are filled in where <paramref name="itemJson"/> has none. For payloads
    /// that have no verb here and for malformed ones. The JSON must be an object.
    /// </summary>
    public Task<SimulatedEvent> SendRawAsync(string field, string itemJson, bool standby = false, CancellationToken ct = default) =>
        _voice.RawAsync(field, itemJson, standby, ct);

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
}
