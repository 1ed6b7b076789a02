using System.Net;

namespace Integrations.Providers.Instagram.Tests;

/// <summary>What the doctor learns about an account that logged in by itself.</summary>
public sealed class AccountCheckTests : IDisposable
{
    private const string Me = "GET /v26.0/me";
    private const string Subscribed = "GET /v26.0/me/subscribed_apps";
    private const string MeAnswer = """{"id":"555","user_id":"17841400000000001","username":"mybusiness","account_type":"BUSINESS"}""";
    private const string Fields = """{"data":[{"app_id":"700200","subscribed_fields":["messages","messaging_postbacks","message_reactions"]}]}""";
    private static readonly string[] Granted = ["instagram_business_basic", "instagram_business_manage_messages"];

    private readonly InstagramHarness _instagram = new(InstagramLoginRoute.InstagramLogin, o => o.SubscribedFields = ["messages", "messaging_postbacks", "message_reactions"]);

    public void Dispose() => _instagram.Dispose();

    [Fact]
    public async Task A_healthy_account_passes_and_what_Instagram_does_not_tell_is_left_to_a_person()
    {
        _instagram.Http.Json(Me, MeAnswer).Json(Subscribed, Fields);
        var checks = await CheckAsync();
        Assert.Equal(
            ["token Ok", "scopes Ok", "account_role Skipped", "subscription Ok", "app_webhook Skipped", "app_mode Skipped", "rate_budget Ok"],
            checks.Select(c => $"{c.Code} {c.Status}"));
        Assert.All(_instagram.Http.Calls, call => Assert.Equal(("GET", "graph.instagram.com"), (call.Method, call.Uri.Host)));
        Assert.DoesNotContain(checks, c => $"{c.Evidence} {c.Fix}".Contains(InstagramHarness.LongToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_token_fails_with_its_code_and_says_to_connect_again()
    {
        _instagram.Http.Json(Me, """{"error":{"code":190,"error_subcode":460,"message":"SECRET TEXT"}}""", HttpStatusCode.BadRequest).Json(Subscribed, Fields);
        var checks = await CheckAsync();
        var token = checks.Single(c => c.Code == WellKnownChecks.Token);
        Assert.Equal(CheckStatus.Failed, token.Status);
        Assert.Contains("190/460", token.Evidence, StringComparison.Ordinal);
        Assert.Contains("Connect the account again", token.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET TEXT", token.Evidence, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Skipped, checks.Single(c => c.Code == WellKnownChecks.Scopes).Status);
    }

    [Fact]
    public async Task A_permission_that_was_not_granted_is_named()
    {
        _instagram.Http.Json(Me, MeAnswer).Json(Subscribed, Fields);
        var scopes = (await CheckAsync(granted: ["instagram_business_basic"])).Single(c => c.Code == WellKnownChecks.Scopes);
        Assert.Equal(CheckStatus.Failed, scopes.Status);
        Assert.Contains("instagram_business_manage_messages", scopes.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":[]}""", true, CheckStatus.Failed)]
    [InlineData("""{"data":[]}""", false, CheckStatus.Skipped)]
    [InlineData("""{"data":[{"app_id":"700200","subscribed_fields":["messages","messaging_postbacks"]}]}""", true, CheckStatus.Warning)]
    [InlineData("<html>", true, CheckStatus.Warning)]
    public async Task The_subscription_is_judged_by_what_messages_need(string apps, bool isLive, CheckStatus status)
    {
        _instagram.Http.Json(Me, MeAnswer).Json(Subscribed, apps);
        Assert.Equal(status, (await CheckAsync(isLive)).Single(c => c.Code == WellKnownChecks.Subscription).Status);
    }

    [Fact]
    public async Task A_platform_that_never_answers_gives_warnings_after_one_time_out()
    {
        _instagram.Http.Hangs(Me).Hangs(Subscribed);
        var running = CheckAsync();
        await _instagram.Http.HangsAsync(2);
        _instagram.Time.Advance(new InstagramOptions().RequestTimeout);
        var checks = await running;
        foreach (var code in (string[])[WellKnownChecks.Token, WellKnownChecks.Subscription])
            Assert.Equal(CheckStatus.Warning, checks.Single(c => c.Code == code).Status);
    }

    private Task<IReadOnlyList<ConnectionCheck>> CheckAsync(bool isLive = true, string[]? granted = null) => _instagram.Provider.CheckAsync(new ConnectionCheckContext
    {
        Connection = InstagramHarness.Connection(InstagramHarness.LongToken, "{}"),
        IsLive = isLive,
        GrantedScopes = granted ?? Granted,
        WebhookUri = new Uri("https://host.example/integrations/instagram/webhook"),
    }, InstagramHarness.Ct);
}
