using System.Net;

namespace Integrations.Providers.Facebook.Tests;

public sealed class CodeExchangeTests : IDisposable
{
    private const string ShortLived = """{"access_token":"EAAshort","token_type":"bearer","expires_in":3600}""";
    private const string LongLived = """{"access_token":"EAAuserlong","token_type":"bearer","expires_in":5183944}""";
    private const string Permissions = """{"data":[{"permission":"pages_messaging","status":"granted"},{"permission":"business_management","status":"declined"},{"permission":"pages_show_list","status":"granted"}]}""";

    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Fact]
    public async Task The_code_becomes_a_long_lived_token_before_anything_is_read_with_it()
    {
        Prepare();
        var tokens = (await ExchangeAsync()).Tokens!;
        Assert.Equal(FacebookHarness.UserToken, tokens.AccessToken.Reveal());
        Assert.Equal(TimeSpan.FromSeconds(5183944), tokens.ExpiresIn);
        Assert.Equal("218471", tokens.AuthorizedUserId);
        Assert.Equal(["pages_messaging", "pages_show_list"], tokens.GrantedScopes);
        Assert.Null(tokens.AccountId);
        Assert.True(tokens.RefreshToken.IsEmpty);

        Assert.Equal([FacebookHarness.Code, FacebookHarness.Code, FacebookHarness.Me, FacebookHarness.Permissions, FacebookHarness.Debug], _facebook.Http.Order);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1803211200), tokens.ConsentExpiresAt);
        var (code, exchange) = (_facebook.Http.Calls[0].Form, _facebook.Http.Calls[1].Form);
        Assert.Equal(("900100", FacebookHarness.AppSecret, "the code", "https://chat.example.com/cb?x=1"),
            (code["client_id"], code["client_secret"], code["code"], code["redirect_uri"]));
        Assert.False(code.ContainsKey("code_verifier"));
        Assert.Equal(("fb_exchange_token", "EAAshort", FacebookHarness.AppSecret), (exchange["grant_type"], exchange["fb_exchange_token"], exchange["client_secret"]));
        Assert.All(_facebook.Http.Calls.Skip(2).Take(2), call => Assert.Equal("Bearer EAAuserlong", call.Authorization));
        _facebook.AssertNoSecretInAnyAddress("EAAshort", "the code");
    }

    [Theory]
    [InlineData("""{"error":{"code":2}}""", HttpStatusCode.InternalServerError)]
    [InlineData("""{"error":{"code":4}}""", HttpStatusCode.Forbidden)]
    [InlineData("<html>", HttpStatusCode.OK)]
    [InlineData("""{"data":{"is_valid":true,"data_access_expires_at":0}}""", HttpStatusCode.OK)]
    [InlineData("""{"data":{"is_valid":true,"data_access_expires_at":"soon"}}""", HttpStatusCode.OK)]
    public async Task No_connect_fails_because_meta_does_not_say_when_the_consent_ends(string answer, HttpStatusCode status)
    {
        _facebook.Http.Json(FacebookHarness.Code, ShortLived).Json(FacebookHarness.Code, LongLived).Json(FacebookHarness.Me, """{"id":"218471"}""")
            .Json(FacebookHarness.Permissions, Permissions).Json(FacebookHarness.Debug, answer, status);
        var tokens = (await ExchangeAsync()).Tokens!;
        Assert.Equal((FacebookHarness.UserToken, null), (tokens.AccessToken.Reveal(), tokens.ConsentExpiresAt));
    }

    [Fact]
    public async Task The_verifier_goes_along_if_there_is_one()
    {
        Prepare();
        await ExchangeAsync(verifier: "the verifier");
        Assert.Equal("the verifier", _facebook.Http.Calls[0].Form["code_verifier"]);
    }

    [Fact]
    public async Task A_missing_life_counts_as_the_documented_sixty_days()
    {
        Prepare("""{"access_token":"EAAuserlong","token_type":"bearer"}""");
        Assert.Equal(TimeSpan.FromDays(60), (await ExchangeAsync()).Tokens!.ExpiresIn);
    }

    [Fact]
    public async Task A_system_users_token_is_not_exchanged_and_does_not_expire()
    {
        using var facebook = new FacebookHarness(o => o.LoginConfigurationId = "4711");
        facebook.Http.Json(FacebookHarness.Code, """{"access_token":"EAAsystem","token_type":"bearer"}""")
            .Json(FacebookHarness.Me, """{"id":"5"}""")
            .Json(FacebookHarness.Permissions, """{"error":{"code":100,"error_subcode":33}}""", HttpStatusCode.BadRequest)
            .Json(FacebookHarness.Debug, """{"data":{"is_valid":true,"scopes":["pages_messaging"]}}""");
        var tokens = (await ExchangeAsync(facebook)).Tokens!;
        Assert.Equal(("EAAsystem", null), (tokens.AccessToken.Reveal(), tokens.ExpiresIn));
        Assert.Equal(["pages_messaging"], tokens.GrantedScopes);
        Assert.Single(facebook.Http.Order, call => call == FacebookHarness.Code);
    }

    [Theory]
    [InlineData("""{"error":{"message":"This authorization code has been used.","type":"OAuthException","code":100,"error_subcode":36009,"fbtrace_id":"A"}}""", ProviderErrorKind.InvalidRequest, "100/36009")]
    [InlineData("""{"error":{"message":"Error validating client secret.","type":"OAuthException","code":1}}""", ProviderErrorKind.Configuration, "1")]
    [InlineData("""{"error":{"message":"Error validating application. Invalid application ID.","type":"OAuthException","code":101}}""", ProviderErrorKind.Configuration, "101")]
    [InlineData("<html>", ProviderErrorKind.Unknown, "http_400")]
    public async Task A_refused_code_ends_the_exchange_with_its_reason(string body, ProviderErrorKind kind, string code)
    {
        _facebook.Http.Text(FacebookHarness.Code, body, "application/json", HttpStatusCode.BadRequest);
        var error = (await ExchangeAsync()).Error!;
        Assert.Equal((kind, code), (error.Kind, error.Code));
        Assert.Single(_facebook.Http.Calls);
    }

    [Theory]
    [InlineData("{}", "no_access_token")]
    [InlineData("[]", "not_an_object")]
    [InlineData("""{"access_token":""}""", "no_access_token")]
    public async Task An_answer_without_token_is_a_failure(string body, string code)
    {
        _facebook.Http.Json(FacebookHarness.Code, body);
        Assert.Equal(code, (await ExchangeAsync()).Error!.Code);
    }

    [Fact]
    public async Task Without_a_long_lived_token_no_page_is_read()
    {
        _facebook.Http.Json(FacebookHarness.Code, ShortLived).Json(FacebookHarness.Code, """{"error":{"code":2}}""", HttpStatusCode.InternalServerError);
        Assert.Equal(ProviderErrorKind.Transient, (await ExchangeAsync()).Error!.Kind);
        Assert.Equal(2, _facebook.Http.Calls.Count);
    }

    [Fact]
    public async Task A_step_that_takes_too_long_is_transient()
    {
        _facebook.Http.Json(FacebookHarness.Code, ShortLived).Hangs(FacebookHarness.Code);
        var exchange = ExchangeAsync();
        _facebook.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("timeout", (await exchange).Error!.Code);
    }

    [Theory]
    [InlineData(FacebookHarness.Me)]
    [InlineData(FacebookHarness.Permissions)]
    public async Task A_person_who_cannot_be_read_is_a_failure(string call)
    {
        _facebook.Http.Json(call, """{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.BadRequest);
        if (call != FacebookHarness.Me)
            _facebook.Http.Json(FacebookHarness.Me, """{"id":"218471"}""");
        _facebook.Http.Json(FacebookHarness.Code, ShortLived).Json(FacebookHarness.Code, LongLived);
        Assert.Equal(ProviderErrorKind.ReconnectRequired, (await ExchangeAsync()).Error!.Kind);
    }

    private void Prepare(string longLived = LongLived) => _facebook.Http
        .Json(FacebookHarness.Code, ShortLived)
        .Json(FacebookHarness.Code, longLived)
        .Json(FacebookHarness.Me, """{"id":"218471"}""")
        .Json(FacebookHarness.Permissions, Permissions)
        .Json(FacebookHarness.Debug, """{"data":{"is_valid":true,"data_access_expires_at":1803211200}}""");

    private Task<TokenResult> ExchangeAsync(FacebookHarness? facebook = null, string? verifier = null) => (facebook ?? _facebook).Provider.ExchangeCodeAsync(
        new CodeExchangeContext
        {
            Code = new Secret("the code"),
            RedirectUri = new Uri("https://chat.example.com/cb?x=1"),
            CodeVerifier = new Secret(verifier),
        },
        FacebookHarness.Ct);
}
