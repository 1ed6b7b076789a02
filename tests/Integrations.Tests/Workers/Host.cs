using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests;

/// <summary>One host of the runtime. Hosts made by <see cref="Another"/> share database, platform, agent, clock and keys with it.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<Host> _others = [];

    private Host(Host? first, Acme? acme, Action<IServiceCollection>? services, Action<IntegrationsOptions>? configure, FakeTimeProvider? time = null)
    {
        Acme = first?.Acme ?? acme ?? new Acme();
        Time = time ?? first?.Time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        Agent = first?.Agent ?? new Agent();
        Events = first?.Events ?? new HeardEvents();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddScoped<IMessageHandler>(_ => Agent);
        collection.AddSingleton<IIntegrationEvents>(Events);
        collection.AddSingleton<IIntegrationProvider>(Acme);
        collection.AddSingleton(first?.Memory ?? new InMemoryIntegrationStore(Time, NullLogger<InMemoryIntegrationStore>.Instance));
        if (first is not null)
        {
            collection.AddSingleton(first.Store);
            collection.AddSingleton(first.Inbox);
            collection.AddSingleton(first.Contacts);
            collection.AddSingleton(first.Protector);
        }

        services?.Invoke(collection);
        collection.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://host.example");
            configure?.Invoke(o);
        });
        collection.AddDataProtection().UseEphemeralDataProtectionProvider();
        _services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        Events.Drain ??= () => Get<EventDispatcher>().DispatchAsync(Ct);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IntegrationKey Key { get; } = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"), Guid.Parse("0193a000-0000-7000-8000-000000000002"));

    public static Guid ChatId { get; } = Guid.Parse("0193a000-0000-7000-8000-000000000003");

    public Acme Acme { get; }

    public FakeTimeProvider Time { get; }

    public Agent Agent { get; }

    public HeardEvents Events { get; }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public InMemoryIntegrationStore Memory => Get<InMemoryIntegrationStore>();

    public IIntegrationStore Store => Get<IIntegrationStore>();

    public IMessageInbox Inbox => Get<IMessageInbox>();

    public IContactStore Contacts => Get<IContactStore>();

    public ISecretProtector Protector => Get<ISecretProtector>();

    public IIntegrationTokens Tokens => Get<IIntegrationTokens>();

    public IIntegrationMessenger Messenger => Get<IIntegrationMessenger>();

    /// <summary>A host with one live integration of account "page-1" whose token expires in an hour.</summary>
    public static async Task<Host> StartAsync(
        Acme? acme = null, TimeSpan? expiresIn = null, string details = "{}", bool live = true,
        Action<IServiceCollection>? services = null, Action<IntegrationsOptions>? configure = null)
    {
        var host = new Host(null, acme, services, configure);
        await host.ConnectAsync(Key, "page-1", expiresIn ?? TimeSpan.FromHours(1), details);
        if (live)
            await host.Memory.SetLiveAsync(Key, true, host.Now, ct: Ct);
        return host;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="services">What it has besides.</param>
    /// <param name="time">Its own clock. Null for the shared one.</param>
    public Host Another(Action<IServiceCollection>? services = null, FakeTimeProvider? time = null)
    {
        var host = new Host(this, null, services, null, time);
        _others.Add(host);
        return host;
    }

    public async Task ConnectAsync(IntegrationKey key, string account, TimeSpan? expiresIn, string details = "{}", Guid? chat = null, IntegrationType? type = null)
    {
        var expiresAt = Now + expiresIn;
        await Memory.CommitConnectionAsync(new ConnectionCommit
        {
            Key = key,
            ChatId = chat ?? ChatId,
            Type = type ?? Acme.Type,
            AccountId = account,
            AccountName = "Page One",
            AuthToken = Protector.Protect(new Secret("first"), new SecretScope(key, SecretFields.AuthToken)),
            RefreshToken = Protector.Protect(new Secret("first-refresh"), new SecretScope(key, SecretFields.RefreshToken)),
            TokenExpiresAt = expiresAt,
            RefreshDueAt = RefreshSchedule.DueAt(Acme.Refresh, Now, expiresAt, null),
            Details = details,
            At = Now,
            ExpectedVersion = (await Memory.FindAsync(key, Ct))?.Connection.ConfigurationVersion,
        }, Ct);
    }

    public async Task<StoredIntegration> ReadAsync() => (await Store.FindAsync(Key, Ct))!;

    public static InboundEvent Text(string text, string? id = null, string contact = "ann", InboundEventKind? kind = null) => new()
    {
        Kind = kind ?? InboundEventKind.Message,
        AccountId = "page-1",
        EventId = id ?? Guid.NewGuid().ToString("N"),
        ContactId = contact,
        MessageId = id,
        Text = text,
    };

    public Task<WebhookReceipt> ReceiveAsync(params InboundEvent[] events) => Get<IWebhookIntake>().ReceiveAsync(Acme.Type, Acme.Deliver(events), Ct);

    /// <summary>Works on what is due now until nothing is.</summary>
    public async Task WorkAsync()
    {
        while (await Get<LaneWorker>().RunOnceAsync(Ct) > 0)
        {
        }
    }

    public async Task<IReadOnlyList<StoredMessage>> MessagesAsync(MessageDirection? direction = null) =>
        [.. (await Inbox.ListAsync(new MessageQuery { Key = Key, Limit = 500 }, Ct)).Where(m => direction is null || m.Direction == direction).OrderBy(m => m.Id)];

    /// <summary>Lets the fake clock run until the work is done: a step whenever everything waits.</summary>
    public async Task<T> PumpAsync<T>(Task<T> work, TimeSpan? step = null)
    {
        while (!work.IsCompleted)
        {
            await QuietAsync(work);
            if (!work.IsCompleted)
                Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
        }

        return await work;
    }

    /// <summary>
    /// Nothing runs on the thread pool but this: what is not done waits for the clock. A clock that ran on while work is held up by
    /// a busy machine would end time-outs and leases that are not what a test is about. Other tests may keep the pool busy for ever.
    /// </summary>
    private static async Task QuietAsync(Task work)
    {
        for (var (quiet, looks) = (0, 0); quiet < 2 && looks < 12 && !work.IsCompleted; looks++)
        {
            await Task.Delay(1, Ct);
            ThreadPool.GetMaxThreads(out var max, out _);
            ThreadPool.GetAvailableThreads(out var idle, out _);
            quiet = max - idle <= 1 && ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await _services.DisposeAsync();
    }
}
