using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>A Facebook Page: its people, contacts, subscription and what was sent in its name. Thread-safe.</summary>
public sealed partial class SimulatedPage
{
    private readonly MetaWorld _world;

    internal SimulatedPage(MetaWorld world, string id, string name)
    {
        (_world, Id, Name) = (world, id, name);
        Source = new PageEventSource(world, this);
        Sent = new SentLog(world);
    }

    /// <summary>The Page id; <c>entry.id</c> of its webhooks.</summary>
    public string Id { get; }

    /// <summary>Name of the Page.</summary>
    public string Name { get; }

    /// <summary>Id of the linked Instagram professional account, null when there is none.</summary>
    public string? InstagramAccountId => InstagramAccount?.Id;

    /// <summary>The linked Instagram professional account, null when there is none.</summary>
    public SimulatedInstagramAccount? InstagramAccount { get; internal set; }

    /// <summary>True for a Page of a business portfolio: <c>me/accounts</c> does not list it, <c>granular_scopes</c> names it.</summary>
    public bool BusinessOwned { get; init; }

    /// <summary>Share of the rate budget to report in the usage header, in percent; null sends no header.</summary>
    public int? UsagePercent { get; set; }

    /// <summary>Until when calls for this Page are refused; null while they are not. Each refused call adds a minute.</summary>
    public DateTimeOffset? ThrottledUntil { get; internal set; }

    /// <summary>Everything sent through the Send API and delivered, oldest first, sender actions included.</summary>
    public IReadOnlyList<SentMessage> SentMessages => Sent.All;

    /// <summary>The contacts of this Page.</summary>
    public IReadOnlyList<SimulatedContact> Contacts => Snapshot(ContactList);

    /// <summary>Fields the app is subscribed to on this Page; empty when it is not subscribed.</summary>
    public IReadOnlyList<string> SubscribedFields => Snapshot(Subscription ?? []);

    /// <summary>The stored messenger profile as JSON.</summary>
    public string MessengerProfileJson
    {
        get
        {
            lock (_world.Gate)
                return MessengerProfile.ToJsonString();
        }
    }

    internal Dictionary<SimulatedUser, IReadOnlyList<string>> Roles { get; } = [];

    internal List<SimulatedContact> ContactList { get; } = [];

    internal SentLog Sent { get; }

    internal IReadOnlyList<string>? Subscription { get; private set; }

    internal JsonObject MessengerProfile { get; } = [];

    internal PageEventSource Source { get; }

    internal bool IsBlocked { get; private set; }

    /// <summary>Gives a person a role on this Page; without tasks the full set of an administrator.</summary>
    public void AddRole(SimulatedUser user, params string[] tasks)
    {
        lock (_world.Gate)
            Roles[user] = tasks.Length > 0 ? [.. tasks] : ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
    }

    /// <summary>Adds a person who can write to this Page. A contact must act before the Page may send to it.</summary>
    public SimulatedContact AddContact(string firstName, string lastName = "Contact")
    {
        lock (_world.Gate)
        {
            var contact = new SimulatedContact(_world, this, _world.Ids.Number("7"), firstName, lastName);
            ContactList.Add(contact);
            return contact;
        }
    }

    /// <summary>Removes the app from this Page: its tokens die with 190/458 and the subscription ends.</summary>
    public void Revoke()
    {
        lock (_world.Gate)
        {
            foreach (var user in _world.Users)
                user.Grant.PageIds.Remove(Id);
            _world.Tokens.Revoke(token => token.Page == this, GraphErrors.AppRemoved(_world.Options.AppId));
            Subscription = null;
        }

        _world.Changed.Pulse();
    }

    /// <summary>
    /// Takes the app's subscription to this Page away, as Meta does by itself after an hour of failed webhooks. Tokens stay valid.
    /// </summary>
    public void DropSubscription()
    {
        lock (_world.Gate)
            Subscription = null;
        _world.Changed.Pulse();
    }

    /// <summary>Lets every token of this Page end now (190/463).</summary>
    public void ExpireTokens()
    {
        lock (_world.Gate)
            _world.Tokens.Expire(token => token.Page == this);
    }

    internal IReadOnlyList<string> TasksOf(SimulatedUser user) => Roles.GetValueOrDefault(user, []);

    internal void Subscribe(IEnumerable<string> fields)
    {
        Subscription = [.. fields.Distinct()];
        (Source.FailingSince, Source.Alerted) = (null, false);
        InstagramAccount?.Source.Enable();
    }

    internal void Unsubscribe() => Subscription = null;

    internal void UnsubscribeIfOrphaned()
    {
        if (!_world.Users.Exists(user => user.Grant.PageIds.Contains(Id)))
            Subscription = null;
    }

    internal JsonObject ToNode(AccessToken token) => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["category"] = "Business",
        ["link"] = $"https://www.facebook.com/{Id}",
        ["access_token"] = token.Kind == SimulatedTokenKind.Page ? token.Value : _world.Tokens.PageToken(token, this).Value,
        ["tasks"] = new JsonArray([.. TasksOf(token.User!).Select(task => JsonValue.Create(task))]),
        ["instagram_business_account"] = InstagramAccount?.ToNode(),
    };

    internal PendingEvent Echo(SentMessage sent, string appId) =>
        new(Source, "message_echoes", "messaging", EchoItem.Of(JsonNode.Parse(sent.MessageJson!)!.AsObject(), Source, sent, appId));

    private IReadOnlyList<T> Snapshot<T>(IReadOnlyList<T> list)
    {
        lock (_world.Gate)
            return [.. list];
    }
}
