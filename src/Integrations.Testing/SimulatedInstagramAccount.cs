using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// An Instagram professional account: its contacts, its subscription and what was sent in its name. It is reached through the Page it is
/// linked to (Facebook login) or by a login of its own (Instagram login). Thread-safe.
/// </summary>
public sealed partial class SimulatedInstagramAccount
{
    private readonly MetaWorld _world;

    internal SimulatedInstagramAccount(MetaWorld world, string id, string appScopedId, string username)
    {
        (_world, Id, AppScopedId, Username) = (world, id, appScopedId, username);
        Source = new InstagramEventSource(world, this);
        Sent = new SentLog(world);
    }

    /// <summary>The id of the account, <c>user_id</c> of <c>/me</c>: <c>entry.id</c> of its webhooks.</summary>
    public string Id { get; }

    /// <summary>
    /// The id that only this app knows it by: <c>id</c> of <c>/me</c>, <c>user_id</c> of the code exchange and of <c>signed_request</c>.
    /// No webhook carries it.
    /// </summary>
    public string AppScopedId { get; }

    /// <summary>The handle, without @.</summary>
    public string Username { get; }

    /// <summary>The Page it is linked to, null for none.</summary>
    public SimulatedPage? Page { get; internal set; }

    /// <summary>The setting "Allow access to messages" (connected tools). While it is off everything looks connected and no message arrives.</summary>
    public bool AllowsMessageAccess { get; set; } = true;

    /// <summary>Everything sent in its name and delivered, oldest first, by either host, sender actions included.</summary>
    public IReadOnlyList<SentMessage> SentMessages => Sent.All;

    /// <summary>The contacts of this account.</summary>
    public IReadOnlyList<SimulatedInstagramContact> Contacts => Snapshot(ContactList);

    /// <summary>Fields the account itself is subscribed to, which is the Instagram login's way; empty otherwise.</summary>
    public IReadOnlyList<string> SubscribedFields => Snapshot(Subscription ?? []);

    /// <summary>Permissions that were granted by the Instagram login.</summary>
    public IReadOnlyList<string> GrantedScopes => Snapshot([.. Grant.Scopes]);

    /// <summary>The stored messenger profile as JSON.</summary>
    public string MessengerProfileJson
    {
        get
        {
            lock (_world.Gate)
                return MessengerProfile.ToJsonString();
        }
    }

    internal Grant Grant { get; } = new();

    internal List<SimulatedInstagramContact> ContactList { get; } = [];

    internal SentLog Sent { get; }

    internal IReadOnlyList<string>? Subscription { get; private set; }

    internal JsonObject MessengerProfile { get; } = [];

    internal InstagramEventSource Source { get; }

    /// <summary>Adds a person who can write to this account. A contact must act before the account may send to it.</summary>
    public SimulatedInstagramContact AddContact(string username, string? name = null)
    {
        lock (_world.Gate)
        {
            var contact = new SimulatedInstagramContact(_world, this, _world.Ids.InstagramNumber("8"), username, name ?? username);
            ContactList.Add(contact);
            return contact;
        }
    }

    /// <summary>Completes when at least <paramref name="count"/> messages (sender actions not counted) have been sent.</summary>
    public Task<IReadOnlyList<SentMessage>> WaitForMessagesAsync(int count, CancellationToken ct = default) => Sent.WaitAsync(count, ct);

    internal void Subscribe(IEnumerable<string> fields)
    {
        Subscription = [.. fields.Distinct()];
        Source.Enable();
    }

    internal void Unsubscribe() => Subscription = null;

    /// <summary>As graph.facebook.com shows it.</summary>
    internal JsonObject ToNode() => new()
    {
        ["id"] = Id,
        ["username"] = Username,
        ["name"] = Username,
        ["profile_picture_url"] = $"https://scontent.example.com/{Id}.jpg",
    };

    /// <summary>As graph.instagram.com shows it to the account itself: two ids, of which only one comes back in webhooks.</summary>
    internal JsonObject ToLoginNode()
    {
        var node = ToNode();
        node["id"] = AppScopedId;
        node["user_id"] = Id;
        node["account_type"] = "BUSINESS";
        node["followers_count"] = 0;
        node["follows_count"] = 0;
        node["media_count"] = 0;
        return node;
    }

    private IReadOnlyList<T> Snapshot<T>(IReadOnlyList<T> list)
    {
        lock (_world.Gate)
            return [.. list];
    }
}
