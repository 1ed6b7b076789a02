using System.Net;

namespace Integrations.Providers.Facebook.Tests;

public sealed class PageCheckTests : IDisposable
{
    private const string Subscriptions = "GET /v26.0/900100/subscriptions";
    private const string Good = """{"app_id":"900100","type":"PAGE","is_valid":true,"expires_at":0,"scopes":["pages_show_list","pages_messaging","pages_manage_metadata"],"profile_id":"1029"}""";
    private const string AllFields = "messages,messaging_postbacks,messaging_referrals,messaging_optins,message_deliveries,message_reads,message_echoes,message_reactions,message_edits,messaging_handovers,standby,messaging_policy_enforcement";

    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Fact]
    public async Task A_healthy_page_passes_every_check_and_the_apps_mode_is_left_to_a_person()
    {
        Answer();
        var checks = await CheckAsync();
        Assert.Equal(
            [
                "token Ok", "scopes Ok", "account_role Ok", "subscription Ok", "app_webhook Ok", "app_mode Skipped", "rate_budget Ok",
            ],
            checks.Select(c => $"{c.Code} {c.Status}"));
        Assert.NotNull(checks.Single(c => c.Code == WellKnownChecks.AppMode).Fix);
        Assert.All(_facebook.Http.Calls, call => Assert.Equal("GET", call.Method));
        _facebook.AssertNoSecretInAnyAddress();
    }

    [Fact]
    public async Task A_dead_token_fails_with_its_code_and_says_to_connect_again()
    {
        Answer(token: """{"app_id":"900100","is_valid":false,"scopes":[],"error":{"code":190,"subcode":460,"message":"SECRET TEXT"}}""");
        var token = await OneAsync(WellKnownChecks.Token);
        Assert.Equal(CheckStatus.Failed, token.Status);
        Assert.Contains("190/460", token.Evidence, StringComparison.Ordinal);
        Assert.Contains("Connect the account again", token.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET TEXT", token.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named_and_the_token_is_not_blamed()
    {
        Answer(token: """{"app_id":"900100","is_valid":true,"expires_at":0,"scopes":["pages_show_list","pages_manage_metadata"],"profile_id":"1029"}""");
        var checks = await CheckAsync();
        Assert.Equal(CheckStatus.Ok, checks[0].Status);
        Assert.Equal((WellKnownChecks.Scopes, CheckStatus.Failed), (checks[1].Code, checks[1].Status));
        Assert.Contains("pages_messaging", checks[1].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_a_warning_with_the_day()
    {
        Answer(token: """{"app_id":"900100","is_valid":true,"expires_at":1795910400,"scopes":["pages_show_list","pages_messaging","pages_manage_metadata"],"profile_id":"1029"}""");
        var token = await OneAsync(WellKnownChecks.Token);
        Assert.Equal(CheckStatus.Warning, token.Status);
        Assert.Contains("2026-11-29 00:00 UTC", token.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":[{"id":"1029","name":"P","tasks":["ANALYZE","ADVERTISE"]}]}""", "only ANALYZE, ADVERTISE")]
    [InlineData("""{"data":[{"id":"1029","name":"P","tasks":[]}]}""", "no task at all")]
    public async Task A_role_without_messages_fails_and_names_the_tasks(string accounts, string evidence)
    {
        Answer(accounts: accounts);
        var role = await OneAsync(WellKnownChecks.AccountRole);
        Assert.Equal(CheckStatus.Failed, role.Status);
        Assert.Contains(evidence, role.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_role_fails()
    {
        Answer(accounts: """{"data":[]}""");
        _facebook.Http.Json(FacebookHarness.Page, """{"error":{"code":100,"error_subcode":33}}""", HttpStatusCode.BadRequest);
        var role = await OneAsync(WellKnownChecks.AccountRole);
        Assert.Equal(CheckStatus.Failed, role.Status);
        Assert.Contains("100/33", role.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_business_that_me_accounts_leaves_out_is_opened_instead()
    {
        Answer(accounts: """{"data":[]}""");
        _facebook.Http.Json(FacebookHarness.Page, """{"id":"1029","name":"P","access_token":"EAAother"}""");
        Assert.Equal(CheckStatus.Ok, (await OneAsync(WellKnownChecks.AccountRole)).Status);
    }

    [Theory]
    [InlineData("""{"data":[]}""", CheckStatus.Failed)]
    [InlineData("""{"data":[{"id":"555","subscribed_fields":["messages","messaging_postbacks"]}]}""", CheckStatus.Failed)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["name"]}]}""", CheckStatus.Failed)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["messages","messaging_postbacks"]}]}""", CheckStatus.Warning)]
    public async Task A_lost_subscription_fails_and_a_smaller_one_is_a_warning(string apps, CheckStatus status)
    {
        Answer(subscribed: apps);
        var check = await OneAsync(WellKnownChecks.Subscription);
        Assert.Equal(status, check.Status);
        Assert.NotNull(check.Fix);
    }

    [Fact]
    public async Task Of_a_paused_page_no_subscription_is_expected()
    {
        Answer(subscribed: """{"data":[]}""");
        Assert.Equal(CheckStatus.Skipped, (await OneAsync(WellKnownChecks.Subscription, isLive: false)).Status);
    }

    [Theory]
    [InlineData("""{"data":[]}""", CheckStatus.Failed, "has no webhook")]
    [InlineData("""{"data":[{"object":"page","callback_url":"https://elsewhere.example/x","active":true,"fields":[{"name":"messages","version":"v26.0"}]}]}""", CheckStatus.Failed, "elsewhere.example")]
    [InlineData("""{"data":[{"object":"page","callback_url":"https://host.example/x","active":false,"fields":[{"name":"messages"}]}]}""", CheckStatus.Failed, "switched off")]
    [InlineData("""{"data":[{"object":"page","callback_url":"https://host.example/x","active":true,"fields":[{"name":"feed"}]}]}""", CheckStatus.Failed, "leaves out")]
    [InlineData("""{"data":[{"object":"page","callback_url":"https://host.example/integrations/instagram/webhook","active":true,"fields":["messages"]}]}""", CheckStatus.Ok, "to this host")]
    public async Task The_apps_own_webhook_is_looked_at(string subscriptions, CheckStatus status, string evidence)
    {
        Answer(subscriptions: subscriptions);
        var check = await OneAsync(WellKnownChecks.AppWebhook);
        Assert.Equal(status, check.Status);
        Assert.Contains(evidence, check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_budget_is_what_the_headers_said()
    {
        Answer(headers: ("X-Business-Use-Case-Usage", """{"1029":[{"type":"messenger","call_count":83,"total_cputime":4,"total_time":1,"estimated_time_to_regain_access":0}]}"""));
        var check = await OneAsync(WellKnownChecks.RateBudget);
        Assert.Equal(CheckStatus.Warning, check.Status);
        Assert.Contains("83 percent", check.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", HttpStatusCode.OK, CheckStatus.Warning)]
    [InlineData("{}", HttpStatusCode.InternalServerError, CheckStatus.Warning)]
    [InlineData("""{"error":{"code":4}}""", HttpStatusCode.Forbidden, CheckStatus.Warning)]
    [InlineData("""{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.BadRequest, CheckStatus.Failed)]
    public async Task A_refusal_or_garbage_at_every_call_is_told_check_by_check(string body, HttpStatusCode status, CheckStatus expected)
    {
        foreach (var call in (string[])[FacebookHarness.Accounts, FacebookHarness.Subscribed])
            _facebook.Http.Json(call, body, status);
        _facebook.Http.Json(FacebookHarness.Debug, $$"""{"data":{{Good}}}""").Json(Subscriptions, """{"data":[]}""");
        var checks = await CheckAsync();
        Assert.Equal(expected, checks.Single(c => c.Code == WellKnownChecks.AccountRole).Status);
        Assert.Equal(expected, checks.Single(c => c.Code == WellKnownChecks.Subscription).Status);
        Assert.Equal(CheckStatus.Ok, checks[0].Status);
    }

    [Fact]
    public async Task A_platform_that_never_answers_gives_warnings_after_one_time_out()
    {
        foreach (var call in (string[])[FacebookHarness.Debug, FacebookHarness.Accounts, FacebookHarness.Subscribed, Subscriptions])
            _facebook.Http.Hangs(call);
        var running = CheckAsync();
        _facebook.Time.Advance(TimeSpan.FromSeconds(20));
        var checks = await running;
        foreach (var code in (string[])[WellKnownChecks.Token, WellKnownChecks.AccountRole, WellKnownChecks.Subscription, WellKnownChecks.AppWebhook])
            Assert.Equal(CheckStatus.Warning, checks.Single(c => c.Code == code).Status);
        Assert.Equal(CheckStatus.Skipped, checks.Single(c => c.Code == WellKnownChecks.Scopes).Status);
    }

    [Theory]
    [InlineData("""{"data":[]}""", false)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["name"]}]}""", false)]
    [InlineData("""{"data":[{"id":"900100","subscribed_fields":["messages","messaging_postbacks"]}]}""", true)]
    public async Task The_probe_misses_only_what_messages_need(string apps, bool isActive)
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, apps);
        var probe = await _facebook.Provider.ProbeActivationAsync(FacebookHarness.Connection(), FacebookHarness.Ct);
        Assert.Equal((true, isActive), (probe.Answered, probe.IsActive));
    }

    [Theory]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    [InlineData("""{"error":{"code":190,"error_subcode":492}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    public async Task A_probe_that_is_refused_or_unreadable_knows_nothing(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Subscribed, body, status);
        var probe = await _facebook.Provider.ProbeActivationAsync(FacebookHarness.Connection(), FacebookHarness.Ct);
        Assert.Equal((false, kind), (probe.IsActive, probe.Error!.Kind));
    }

    [Fact]
    public async Task A_probe_that_takes_too_long_knows_nothing()
    {
        _facebook.Http.Hangs(FacebookHarness.Subscribed);
        var running = _facebook.Provider.ProbeActivationAsync(FacebookHarness.Connection(), FacebookHarness.Ct);
        _facebook.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("timeout", (await running).Error!.Code);
    }

    private void Answer(
        string token = Good,
        string accounts = """{"data":[{"id":"1029","name":"P","tasks":["MESSAGING"]}]}""",
        string? subscribed = null,
        string subscriptions = """{"data":[{"object":"page","callback_url":"https://host.example/integrations/facebook/webhook","active":true,"fields":[{"name":"messages","version":"v26.0"}]}]}""",
        params (string Name, string Value)[] headers)
    {
        var all = string.Join(',', AllFields.Split(',').Select(field => $"\"{field}\""));
        _facebook.Http.Json(FacebookHarness.Debug, $$"""{"data":{{token}}}""")
            .Json(FacebookHarness.Accounts, accounts)
            .Json(FacebookHarness.Subscribed, subscribed ?? $$"""{"data":[{"id":"900100","subscribed_fields":[{{all}}]}]}""", HttpStatusCode.OK, headers)
            .Json(Subscriptions, subscriptions);
    }

    private async Task<ConnectionCheck> OneAsync(string code, bool isLive = true) => Assert.Single(await CheckAsync(isLive), c => c.Code == code);

    private Task<IReadOnlyList<ConnectionCheck>> CheckAsync(bool isLive = true) => _facebook.Provider.CheckAsync(new ConnectionCheckContext
    {
        Connection = FacebookHarness.Connection(),
        IsLive = isLive,
        GrantedScopes = ["pages_messaging"],
        WebhookUri = new Uri("https://host.example/integrations/facebook/webhook"),
    }, FacebookHarness.Ct);
}
