using System.Text.Json.Nodes;
using Integrations.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Providers.Facebook.Tests;

/// <summary>The provider as a host gets it, over canned answers and a clock that stands still.</summary>
internal sealed class FacebookHarness : IDisposable
{
    public const string AppId = "900100";
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public const string UserToken = "EAAuserlong";
    public const string PageToken = "EAApagetoken";
    public const string PageId = "1029";

    public const string Code = "POST /v26.0/oauth/access_token";
    public const string Me = "GET /v26.0/me";
    public const string Permissions = "GET /v26.0/me/permissions";
    public const string Accounts = "GET /v26.0/me/accounts";
    public const string Debug = "GET /v26.0/debug_token";
    public const string Page = "GET /v26.0/1029";
    public const string Subscribed = "GET /v26.0/1029/subscribed_apps";
    public const string Subscribe = "POST /v26.0/1029/subscribed_apps";
    public const string Unsubscribe = "DELETE /v26.0/1029/subscribed_apps";
    public const string Profile = "POST /v26.0/me/messenger_profile";
    public const string Messages = "POST /v26.0/1029/messages";

    private readonly ServiceProvider _services;

    public FacebookHarness(Action<FacebookOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging();
        new IntegrationsBuilder(services)
            .AddFacebook(o =>
            {
                o.AppId = AppId;
                o.AppSecret = AppSecret;
                o.VerifyToken = "verify me";
                configure?.Invoke(o);
            })
            .ConfigureFacebookHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(() => Http));
        _services = services.BuildServiceProvider();
        Provider = (FacebookProvider)_services.GetRequiredService<IIntegrationProvider>();
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public CannedHttp Http { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public FacebookProvider Provider { get; }

    public static TokenSet Grant => new()
    {
        AccessToken = new Secret(UserToken),
        ExpiresIn = TimeSpan.FromDays(60),
        GrantedScopes = ["pages_messaging"],
        AuthorizedUserId = "218471",
    };

    public static ConnectionContext Connection(string? details = null) => new()
    {
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        AccountId = PageId,
        AccountName = "My Business Page",
        AccessToken = new Secret(PageToken),
        RefreshToken = new Secret(UserToken),
        Details = details is null ? [] : JsonNode.Parse(details)!.AsObject(),
    };

    /// <summary>Fails if a secret stands in an address. debug_token has no other place for the token it examines.</summary>
    public void AssertNoSecretInAnyAddress(params string[] secrets)
    {
        foreach (var call in Http.Calls)
        {
            var address = call.Uri.AbsolutePath.EndsWith("/debug_token", StringComparison.Ordinal)
                ? call.Uri.AbsoluteUri.Replace($"input_token={call.Query["input_token"]}", "", StringComparison.Ordinal)
                : call.Uri.AbsoluteUri;
            foreach (var secret in (string[])[AppSecret, UserToken, PageToken, .. secrets])
                Assert.DoesNotContain(secret, address, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        Http.Dispose();
    }
}
