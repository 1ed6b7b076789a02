using System.Text.Json.Nodes;
using Integrations.EndToEnd.Tests.Support;
using Integrations.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>The whole runtime with Meta's real providers, over canned answers and a clock that only the test moves.</summary>
internal sealed class MetaRuntime : IAsyncDisposable
{
    public const string Account = "1029";

    private readonly ServiceProvider _services;

    public MetaRuntime()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IIntegrationEvents>(Events);
        services
            .AddIntegrations(o => o.PublicBaseUri = new Uri("https://host.example"))
            .AddFacebook(o => (o.AppId, o.AppSecret, o.VerifyToken) = ("900100", "0123456789abcdef0123456789abcdef", "verify me"))
            .ConfigureFacebookHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(() => Http))
            .AddInstagram(o =>
            {
                o.LoginRoute = Providers.Instagram.InstagramLoginRoute.InstagramLogin;
                (o.AppId, o.AppSecret, o.VerifyToken) = ("900100", "0123456789abcdef0123456789abcdef", "verify me");
                (o.InstagramAppId, o.InstagramAppSecret) = ("700200", "fedcba9876543210fedcba9876543210");
            })
            .ConfigureInstagramHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(() => Http));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        _services = services.BuildServiceProvider();
    }

    public static IntegrationKey Key { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public CannedHttp Http { get; } = new();

    private RecordedEvents Events { get; } = new();

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public IIntegrationStore Store => Get<IIntegrationStore>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Connects the account and makes it live, as if it had consented just now.</summary>
    public async Task ConnectAsync(IntegrationType type)
    {
        var (access, refresh) = (Seal("auth_token", "first"), type == IntegrationType.Facebook ? Seal("refresh_token", "first-user") : null);
        DateTime? end = Now.AddDays(60);
        var policy = Get<IEnumerable<IIntegrationProvider>>().Single(p => p.Descriptor.Type == type).Descriptor.Refresh;
        var result = await Store.CommitConnectionAsync(
            new ConnectionCommit
            {
                Key = Key,
                ChatId = Guid.CreateVersion7(),
                Type = type,
                AccountId = Account,
                AuthToken = access,
                RefreshToken = refresh,
                TokenExpiresAt = refresh is null ? end : null,
                RefreshTokenExpiresAt = refresh is null ? null : end,
                RefreshDueAt = RefreshSchedule.DueAt(policy, Now, end, null),
                GrantedScopes = ["pages_show_list", "pages_messaging", "pages_manage_metadata"],
                Details = new JsonObject { ["page_id"] = Account }.ToJsonString(),
                At = Now,
            }, Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        await Store.SetLiveAsync(Key, true, Now, ct: Ct);
    }

    public async Task<StoredIntegration> ReadAsync() => (await Store.FindAsync(Key, Ct))!;

    /// <summary>What the host was told so far.</summary>
    public async Task<IReadOnlyList<IntegrationEvent>> EventsAsync()
    {
        await Get<EventDispatcher>().DispatchAsync(Ct);
        return Events.All;
    }

    /// <summary>What the background does now.</summary>
    public Task<int> SweepAsync() => Get<TokenRefreshService>().SweepAsync(Ct);

    /// <summary>Sends what can be sent now. False if no conversation's turn has come.</summary>
    public async Task<bool> WorkAsync() => await Get<LaneWorker>().RunOnceAsync(Ct) > 0;

    public async Task<StoredMessage> QueueAsync(string contact)
    {
        await Get<IContactStore>().TouchAsync(Key, contact, Now, Ct);
        var receipt = await Get<IIntegrationMessenger>().SendAsync(Key, contact, new OutboundMessage { Text = "Hello" }, ct: Ct);
        Assert.Null(receipt.Error);
        return await MessageAsync();
    }

    public async Task<StoredMessage> MessageAsync() => Assert.Single(await Get<IMessageInbox>().ListAsync(new MessageQuery { Key = Key }, Ct));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Http.Dispose();
    }

    private string Seal(string field, string secret) => Get<ISecretProtector>().Protect(new Secret(secret), new SecretScope(Key, field));
}
