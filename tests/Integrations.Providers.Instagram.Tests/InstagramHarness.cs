using System.Text.Json.Nodes;
using Integrations.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Providers.Instagram.Tests;

/// <summary>The provider as a host gets it, over canned answers and a clock that stands still.</summary>
internal sealed class InstagramHarness : IDisposable
{
    public const string AppId = "900100";
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public const string InstagramAppId = "700200";
    public const string InstagramAppSecret = "fedcba9876543210fedcba9876543210";
    public const string UserToken = "EAAuserlong";
    public const string PageToken = "EAApagetoken";
    public const string LongToken = "IGlong";
    public const string PageId = "1029";
    public const string AccountId = "17841400000000001";

    private readonly ServiceProvider _services;

    public InstagramHarness(InstagramLoginRoute route = InstagramLoginRoute.FacebookLogin, Action<InstagramOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging();
        new IntegrationsBuilder(services)
            .AddInstagram(o =>
            {
                o.LoginRoute = route;
                o.AppId = AppId;
                o.AppSecret = AppSecret;
                o.InstagramAppId = InstagramAppId;
                o.InstagramAppSecret = InstagramAppSecret;
                o.VerifyToken = "verify me";
                configure?.Invoke(o);
            })
            .ConfigureInstagramHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(() => Http));
        _services = services.BuildServiceProvider();
        Provider = (InstagramProvider)_services.GetRequiredService<IIntegrationProvider>();
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public CannedHttp Http { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public InstagramProvider Provider { get; }

    public static TokenSet Grant => new()
    {
        AccessToken = new Secret(UserToken),
        ExpiresIn = TimeSpan.FromDays(60),
        GrantedScopes = ["instagram_basic"],
        AuthorizedUserId = "218471",
    };

    public static ConnectionContext Connection(string token = PageToken, string details = """{"page_id":"1029"}""") => new()
    {
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        AccountId = AccountId,
        AccountName = "mybusiness",
        AccessToken = new Secret(token),
        RefreshToken = token == PageToken ? new Secret(UserToken) : default,
        Details = JsonNode.Parse(details)!.AsObject(),
    };

    public void Dispose()
    {
        _services.Dispose();
        Http.Dispose();
    }
}
