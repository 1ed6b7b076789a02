namespace Integrations.Testing;

/// <summary>All state of one simulator. Every read and write of the lists happens under <see cref="Gate"/>.</summary>
internal sealed class MetaWorld
{
    public MetaWorld(MetaSimulatorOptions options)
    {
        Options = options;
        Ids = new IdFactory(options.Seed);
        Tokens = new TokenVault(this);
        Codes = new CodeBook(this);
        InstagramCodes = new InstagramCodeBook(this);
        Callbacks = new CallbackClient(this);
        Pump = new WebhookPump(this);
        foreach (var uri in options.RedirectUris)
            RedirectRules.Add(RedirectUris, uri);
    }

    public MetaSimulator Simulator { get; set; } = null!;

    public Lock Gate { get; } = new();

    public MetaSimulatorOptions Options { get; }

    public IdFactory Ids { get; }

    public Signal Changed { get; } = new();

    public TokenVault Tokens { get; }

    public CodeBook Codes { get; }

    public InstagramCodeBook InstagramCodes { get; }

    public FaultPlan Faults { get; } = new();

    public CallbackClient Callbacks { get; }

    public WebhookPump Pump { get; }

    public HashSet<string> RedirectUris { get; } = new(StringComparer.Ordinal);

    public List<SimulatedUser> Users { get; } = [];

    public List<SimulatedPage> Pages { get; } = [];

    public List<SimulatedInstagramAccount> InstagramAccounts { get; } = [];

    public List<SimulatedRequest> Requests { get; } = [];

    /// <summary>The app-level subscription of object "page"; null until a callback is registered.</summary>
    public AppSubscription? Subscription { get; set; }

    /// <summary>The app-level subscription of object "instagram", which only the dashboard can make.</summary>
    public AppSubscription? InstagramSubscription { get; set; }

    public Uri? InstagramDeauthorizeCallback { get; set; }

    public Uri? InstagramDataDeletionCallback { get; set; }

    public Uri? DeauthorizeCallback { get; set; }

    public Uri? DataDeletionCallback { get; set; }

    public bool EchoBeforeAnswer { get; set; }

    /// <summary>Base of absolute URLs in answers; known once the server listens.</summary>
    public Uri BaseUri => BaseUris[(int)MetaHost.Facebook];

    /// <summary>One per <see cref="MetaHost"/>, in its order.</summary>
    public IReadOnlyList<Uri> BaseUris { get; set; } = [new("http://127.0.0.1/")];

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public SimulatedUser? FindUser(string id) => Users.Find(user => user.Id == id);

    public SimulatedPage? FindPage(string id) => Pages.Find(page => page.Id == id);

    public SimulatedContact? FindContact(string id) => Pages.SelectMany(page => page.ContactList).FirstOrDefault(contact => contact.Id == id);

    public SimulatedInstagramAccount? FindInstagramAccount(string id) => InstagramAccounts.Find(account => account.Id == id);

    public SimulatedInstagramContact? FindInstagramContact(string id) =>
        InstagramAccounts.SelectMany(account => account.ContactList).FirstOrDefault(contact => contact.Id == id);

    public MetaHost HostOf(int port) => (MetaHost)BaseUris.ToList().FindIndex(uri => uri.Port == port);

    public void Record(SimulatedRequest request)
    {
        lock (Gate)
            Requests.Add(request);
        Changed.Pulse();
    }
}
