using System.Globalization;
using System.Text.Json.Nodes;
using Integrations.EndToEnd.Host;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PigeonPost;

namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>Hosts in processes of their own over one PostgreSQL, a platform whose refresh tokens rotate, and many connections.</summary>
internal sealed class TokenFarm : IAsyncDisposable
{
    /// <summary>How many tokens a host refreshes at once.</summary>
    public const int Parallelism = 8;

    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;
    private readonly Dictionary<Guid, SimulatedGrant> _grants = [];

    private TokenFarm(TestDatabase database, TokenSimulator platform, HeldClock answers, ServiceProvider services) =>
        (_database, Platform, Answers, _services) = (database, platform, answers, services);

    public TokenSimulator Platform { get; }

    /// <summary>The platform's: while it is held, tokens are spent and no answer leaves.</summary>
    public HeldClock Answers { get; }

    public IReadOnlyDictionary<Guid, SimulatedGrant> Grants => _grants;

    public static async Task<TokenFarm> BuildAsync(int connections, TimeSpan reuseGrace, CancellationToken ct)
    {
        var database = await TestDatabase.CreateAsync(StoreKind.PostgreSql, ct);
        var answers = new HeldClock();
        var platform = await TokenSimulator.StartAsync(
            new TokenSimulatorOptions
            {
                Latency = TimeSpan.FromMilliseconds(20),
                ReuseGrace = reuseGrace,
                TimeProvider = answers,
                Extra = new JsonObject { ["scope"] = "letters", ["loft_id"] = "loft", ["loft_name"] = "Loft", ["ring_code"] = "ring" },
            }, ct);
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("test").PersistKeysToFileSystem(new DirectoryInfo(database.KeysFolder));
        database.AddStore(services.AddIntegrations());
        var farm = new TokenFarm(database, platform, answers, services.BuildServiceProvider());
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, farm.ConnectAsync);
        return farm;
    }

    public async Task<ChildProcess> StartHostAsync(CancellationToken ct)
    {
        var options = new TokenSimulatorOptions();
        var process = ChildProcess.Start("Integrations.EndToEnd.Host.dll", new Dictionary<string, string>
        {
            ["E2E_Port"] = LoopbackPort.Reserve().ToString(CultureInfo.InvariantCulture),
            ["E2E_KeysFolder"] = _database.KeysFolder,
            ["E2E_Database"] = _database.Kind,
            ["E2E_ConnectionString"] = _database.ConnectionString,
            ["E2E_RunWorkers"] = "true",
            ["E2E_RefreshLease"] = "00:00:18",
            ["E2E_MaxParallelRefreshes"] = Parallelism.ToString(CultureInfo.InvariantCulture),
            ["E2E_PigeonPost__BaseUri"] = Platform.BaseUri.AbsoluteUri,
            ["E2E_PigeonPost__ClientId"] = options.ClientId,
            ["E2E_PigeonPost__ClientSecret"] = options.ClientSecret,
            ["E2E_PigeonPost__RefreshTimeout"] = "00:00:12",
        });
        await process.SaysAsync("READY", ct);
        return process;
    }

    /// <summary>Makes every connection due at once.</summary>
    public async Task MakeDueAsync(CancellationToken ct)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<HostDbContext>>().CreateDbContextAsync(ct);
        await db.Set<ConnectionRecord>().ExecuteUpdateAsync(s => s.SetProperty(c => c.RefreshDueAt, DateTime.UnixEpoch), ct);
    }

    /// <summary>Completes when so many refreshes are stored.</summary>
    public async Task StoredAsync(Func<int> count, CancellationToken ct)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<HostDbContext>>().CreateDbContextAsync(ct);
        await Eventually.HoldsAsync(() => db.Set<ConnectionRecord>().CountAsync(c => c.TokenVersion == 2, ct), stored => stored >= count(), ct);
    }

    /// <summary>Completes when nothing is due any more, and gives what is stored.</summary>
    public async Task<IReadOnlyList<StoredIntegration>> SettledAsync(CancellationToken ct)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<HostDbContext>>().CreateDbContextAsync(ct);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await db.Set<ConnectionRecord>().AnyAsync(c => c.RefreshDueAt == DateTime.UnixEpoch, ct))
            await look.WaitForNextTickAsync(ct);

        var store = _services.GetRequiredService<IIntegrationStore>();
        var all = new List<StoredIntegration>();
        while (await store.ScanAsync(new IntegrationScan { After = all.LastOrDefault()?.Record.IntegrationId, Limit = 500 }, ct) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }

    /// <summary>The stored token, opened.</summary>
    public Secret Open(StoredIntegration stored, string field) => _services.GetRequiredService<ISecretProtector>().TryUnprotect(
        (field == "auth_token" ? stored.Record.AuthToken : stored.Record.RefreshToken)!, new SecretScope(stored.Record.Key, field), out var secret) ? secret : default;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Platform.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async ValueTask ConnectAsync(int number, CancellationToken ct)
    {
        var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        var grant = Platform.AddGrant();
        lock (_grants)
            _grants.Add(key.IntegrationId, grant);
        var protector = _services.GetRequiredService<ISecretProtector>();
        var result = await _services.GetRequiredService<IIntegrationStore>().CommitConnectionAsync(
            new ConnectionCommit
            {
                Key = key,
                ChatId = Guid.CreateVersion7(),
                Type = PigeonPostProvider.Type,
                AccountId = $"loft-{number}",
                AuthToken = protector.Protect(grant.AccessToken, new SecretScope(key, "auth_token")),
                RefreshToken = protector.Protect(grant.RefreshToken, new SecretScope(key, "refresh_token")),
                TokenExpiresAt = DateTime.UtcNow.AddHours(1),
                RefreshDueAt = DateTime.UtcNow.AddHours(1),
                Details = "{}",
                At = DateTime.UtcNow,
            }, ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
    }
}
