namespace Integrations;

/// <summary>Settings of the runtime. Validated when the host starts; a wrong one stops it with a message that names the setting.</summary>
public sealed class IntegrationsOptions
{
    /// <summary>
    /// The address browsers and platforms reach this host at, for example <c>https://chat.example.com</c>. Callback and webhook
    /// addresses are made from it, never from a request's Host header. https, or http on a loopback address.
    /// </summary>
    public Uri? PublicBaseUri { get; set; }

    /// <summary>The path all endpoints start with. Default <c>/integrations</c>.</summary>
    public string PathPrefix { get; set; } = "/integrations";

    /// <summary>How long a consent dialog may take. Default 10 minutes.</summary>
    public TimeSpan AuthorizationLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most connects one client may have under way. Default 100.</summary>
    public int MaxPendingAuthorizations { get; set; } = 100;

    /// <summary>What happens when a client connects an account that another integration owns. Default: refused.</summary>
    public AccountClaimPolicy AccountClaimPolicy { get; set; } = AccountClaimPolicy.Reject;

    /// <summary>How long one host may take to refresh a token before another takes over. Default 60 seconds; longer than any provider's request timeout.</summary>
    public TimeSpan RefreshLease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many tokens of one platform this host refreshes at once in the background. Each platform has its own, so that a slow one
    /// holds up no other. It also bounds how many grants a host that is killed can lose on a platform whose refresh tokens work only
    /// once. Default 8.
    /// </summary>
    public int MaxParallelRefreshes { get; set; } = 8;

    /// <summary>
    /// How often a platform is asked whether it still delivers to a live connection; what it dropped is restored. Hosts share the
    /// work. Null to never ask. Default 15 minutes.
    /// </summary>
    public TimeSpan? SubscriptionCheckInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The most connections of one platform this host asks about in a minute. With more, each is asked about less often. Default 120.</summary>
    public int MaxSubscriptionChecksPerMinute { get; set; } = 120;

    /// <summary>
    /// How long this host gives the same diagnosis of a connection again instead of asking the platform anew, so that neither a person
    /// who clicks nor a script uses the account's rate budget up. A change of the integration ends it at once. Zero to ask each time.
    /// Default 30 seconds.
    /// </summary>
    public TimeSpan DiagnosisReuse { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether this host handles messages. False for a host that only accepts them. Default true.</summary>
    public bool RunWorkers { get; set; } = true;

    /// <summary>Conversations handled at once. Default 16.</summary>
    public int MaxParallelLanes { get; set; } = 16;

    /// <summary>How long a conversation is held between signs of life; after a crash others take over that much later. Default 30 seconds.</summary>
    public TimeSpan LaneLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is tried before it is set aside as failed. Default 6.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>How long a send of unknown outcome waits for its echo before it is set aside as failed. Default 2 minutes.</summary>
    public TimeSpan EchoTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long the content of messages is kept after they were handled or sent; then it is erased. A registered
    /// <see cref="IMessageRetention"/> decides for each integration instead. Default null: it is kept.
    /// </summary>
    public TimeSpan? MessageRetention { get; set; }

    /// <summary>
    /// How long an event of a connection stays as its history after it was told. Proof of a deletion stays 400 days; events of messages
    /// are removed when told. Default 90 days.
    /// </summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long the emptied row of an erased message stays, so that a platform that repeats an old event does not have it handled
    /// twice. Default 7 days.
    /// </summary>
    public TimeSpan MessageDedupeWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// The host's own page where owners see and connect their channels: the link of each notice to them. An absolute https address;
    /// http is allowed for a loopback address. Default null: notices have no link.
    /// </summary>
    public Uri? OwnerPageUri { get; set; }

    /// <summary>
    /// How long after bad news an owner is told neither its end nor the same again, so that a connection that breaks and mends by
    /// itself sends no more than one notice of each in that time. Default 1 hour.
    /// </summary>
    public TimeSpan OwnerNoticeQuietTime { get; set; } = TimeSpan.FromHours(1);
}
