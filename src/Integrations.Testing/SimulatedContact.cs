using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// A person writing to a Page. Each verb tells the app by webhook and completes when the first attempt was answered, or at once when
/// the pump holds or delays or when nobody is subscribed. Thread-safe.
/// </summary>
public sealed partial class SimulatedContact
{
    private readonly MetaWorld _world;
    private readonly ContactVoice _voice;

    internal SimulatedContact(MetaWorld world, SimulatedPage page, string id, string firstName, string lastName)
    {
        (_world, Page, Id, FirstName, LastName) = (world, page, id, firstName, lastName);
        _voice = new ContactVoice(world, page.Source, id);
    }

    /// <summary>Page-scoped id (PSID).</summary>
    public string Id { get; }

    /// <summary>The Page this contact writes to.</summary>
    public SimulatedPage Page { get; }

    /// <summary>First name as the profile lookup answers it.</summary>
    public string FirstName { get; }

    /// <summary>Last name as the profile lookup answers it.</summary>
    public string LastName { get; }

    /// <summary>When the contact last did something that opens the reply window; null before the first action.</summary>
    public DateTimeOffset? LastActionAt => _voice.LastActionAt;

    /// <summary>Sends to this contact fail with code 551.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>The profile lookup fails with code 230 (no consent), which is normal and must not break a conversation.</summary>
    public bool ProfileHidden { get; set; }

    /// <summary>What this contact received, oldest first, sender actions included.</summary>
    public IReadOnlyList<SentMessage> Received => [.. Page.SentMessages.Where(sent => sent.RecipientId == Id)];

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
        ["first_name"] = FirstName,
        ["last_name"] = LastName,
        ["name"] = $"{FirstName} {LastName}",
        ["profile_pic"] = $"https://platform-lookaside.example.com/{Id}.jpg",
    };
}
