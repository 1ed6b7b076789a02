using System.Net;

namespace Integrations.Providers.Instagram.Tests;

/// <summary>The route through Instagram itself.</summary>
public sealed class InstagramLoginTests : IDisposable
{
    private const string Code = "POST /oauth/access_token";
    private const string Long = "GET /access_token";
    private const string Refresh = "GET /refresh_access_token";
    private const string Me = "GET /v26.0/me";
    private const string LongAnswer = """{"access_token":"IGlong","token_type":"bearer","expires_in":5183944}""";
    private const string MeAnswer = """{"id":"555","user_id":"17841400000000001","username":"mybusiness","account_type":"BUSINESS"}""";

    private readonly InstagramHarness _instagram = new(InstagramLoginRoute.InstagramLogin);

    public void Dispose() => _instagram.Dispose();

    [Fact]
    public async Task The_dialog_is_instagrams_own()
    {
        var request = await _instagram.Provider.AuthorizeAsync(
            new AuthorizeContext { State = new Secret("s"), RedirectUri = new Uri("https://chat.example.com/cb"), Scopes = _instagram.Provider.Descriptor.RequiredScopes }, InstagramHarness.Ct);
        Assert.Equal("https://www.instagram.com/oauth/authorize?client_id=700200&redirect_uri=https%3A%2F%2Fchat.example.com%2Fcb&response_type=code"
            + "&scope=instagram_business_basic%2Cinstagram_business_manage_messages&state=s", request.Uri!.AbsoluteUri);
        Assert.Equal(["www.instagram.com"], _instagram.Provider.Descriptor.AuthorizationHosts);
    }

    [Theory]
    [InlineData("""{"data":[{"access_token":"IGshort","user_id":"1020","permissions":"instagram_business_basic,instagram_business_manage_messages"}]}""")]
    [InlineData("""{"access_token":"IGshort","user_id":1020,"permissions":["instagram_business_basic","instagram_business_manage_messages"]}""")]
    [InlineData("""{"access_token":"IGshort","user_id":"1020","permissions":"instagram_business_basic, instagram_business_manage_messages"}""")]
    public async Task A_code_becomes_a_long_lived_token_of_the_account_that_logged_in(string answer)
    {
        _instagram.Http.Json(Code, answer).Json(Long, LongAnswer).Json(Me, MeAnswer);
        var tokens = (await ExchangeAsync("abc#_")).Tokens!;
        Assert.Equal(("IGlong", "17841400000000001", "mybusiness", "1020"), (tokens.AccessToken.Reveal(), tokens.AccountId, tokens.AccountName, tokens.AuthorizedUserId));
        Assert.Equal(TimeSpan.FromSeconds(5183944), tokens.ExpiresIn);
        Assert.Equal(["instagram_business_basic", "instagram_business_manage_messages"], tokens.GrantedScopes);
        Assert.True(tokens.RefreshToken.IsEmpty);
        Assert.Equal("IGlong", tokens.Details!["access_token"]!.ToString());
        Assert.Equal(["api.instagram.com", "graph.instagram.com", "graph.instagram.com"], _instagram.Http.Calls.Select(call => call.Uri.Host));
        var form = _instagram.Http.Calls[0].Form;
        Assert.Equal(("abc", "700200", InstagramHarness.InstagramAppSecret, "authorization_code"), (form["code"], form["client_id"], form["client_secret"], form["grant_type"]));
        Assert.Equal(("ig_exchange_token", "IGshort"), (_instagram.Http.Calls[1].Query["grant_type"], _instagram.Http.Calls[1].Query["access_token"]));
    }

    [Theory]
    [InlineData("""{"error_type":"OAuthException","code":400,"error_message":"Matching code was not found or was already used"}""", HttpStatusCode.BadRequest, ProviderErrorKind.InvalidRequest)]
    [InlineData("""{"error_type":"OAuthException","code":400,"error_message":"m"}""", HttpStatusCode.OK, ProviderErrorKind.InvalidRequest)]
    [InlineData("""{"error":{"code":1}}""", HttpStatusCode.BadRequest, ProviderErrorKind.Configuration)]
    [InlineData("<html>", HttpStatusCode.BadGateway, ProviderErrorKind.Transient)]
    [InlineData("""{"data":[]}""", HttpStatusCode.OK, ProviderErrorKind.Unknown)]
    [InlineData("[]", HttpStatusCode.OK, ProviderErrorKind.Unknown)]
    public async Task A_refused_code_has_its_reason(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _instagram.Http.Json(Code, body, status);
        var error = (await ExchangeAsync("abc")).Error!;
        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain("Matching", error.ToString(), StringComparison.Ordinal);
        Assert.Single(_instagram.Http.Calls);
    }

    [Fact]
    public async Task Without_the_accounts_real_id_nothing_is_connected()
    {
        _instagram.Http.Json(Code, """{"access_token":"IGshort"}""").Json(Long, LongAnswer).Json(Me, """{"id":"555","username":"mybusiness"}""");
        Assert.Equal("no_user_id", (await ExchangeAsync("abc")).Error!.Code);
    }

    [Fact]
    public async Task A_refresh_exchanges_the_token_for_a_younger_one()
    {
        _instagram.Http.Json(Refresh, """{"access_token":"IGnew","token_type":"bearer","expires_in":5184000}""");
        var tokens = (await RefreshAsync()).Tokens!;
        Assert.Equal(("IGnew", TimeSpan.FromDays(60), "IGnew"), (tokens.AccessToken.Reveal(), tokens.ExpiresIn, tokens.Details!["access_token"]!.ToString()));
        Assert.Equal(("ig_refresh_token", "IGlong"), (_instagram.Http.Calls[0].Query["grant_type"], _instagram.Http.Calls[0].Query["access_token"]));
        Assert.DoesNotContain("appsecret_proof", _instagram.Http.Calls[0].Uri.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":463}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"error":{"code":4}}""", HttpStatusCode.Forbidden, ProviderErrorKind.RateLimited)]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    public async Task A_refused_refresh_has_its_reason(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _instagram.Http.Json(Refresh, body, status);
        Assert.Equal(kind, (await RefreshAsync()).Error!.Kind);
    }

    [Fact]
    public async Task A_refresh_that_takes_too_long_is_transient()
    {
        _instagram.Http.Hangs(Refresh);
        var refresh = RefreshAsync();
        _instagram.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ProviderErrorKind.Transient, (await refresh).Error!.Kind);
    }

    [Fact]
    public void A_token_younger_than_a_day_or_expired_is_never_refreshed()
    {
        var policy = _instagram.Provider.Descriptor.Refresh;
        Assert.Equal((RefreshMode.ReexchangeToken, TimeSpan.FromHours(24), TimeSpan.FromDays(10), false),
            (policy.Mode, policy.MinimumTokenAge, policy.RefreshBeforeExpiry, policy.CanRefreshAfterExpiry));
    }

    [Theory]
    [InlineData(MeAnswer, HttpStatusCode.OK, null)]
    [InlineData("""{"id":"17841400000000001","user_id":"9"}""", HttpStatusCode.OK, ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"error":{"code":190}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    [InlineData("{}", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    [InlineData("<html>", HttpStatusCode.BadGateway, ProviderErrorKind.Transient)]
    public async Task A_probe_reads_the_account(string body, HttpStatusCode status, ProviderErrorKind? kind)
    {
        _instagram.Http.Json(Me, body, status);
        Assert.Equal(kind, (await _instagram.Provider.ProbeAsync(InstagramHarness.Connection(InstagramHarness.LongToken, "{}"), InstagramHarness.Ct)).Error?.Kind);
    }

    private Task<TokenResult> ExchangeAsync(string code) => _instagram.Provider.ExchangeCodeAsync(
        new CodeExchangeContext { Code = new Secret(code), RedirectUri = new Uri("https://chat.example.com/cb") }, InstagramHarness.Ct);

    private Task<TokenResult> RefreshAsync() => _instagram.Provider.RefreshAsync(
        new RefreshContext { Connection = InstagramHarness.Connection(InstagramHarness.LongToken, "{}") }, InstagramHarness.Ct);
}
