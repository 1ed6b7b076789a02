using System.Net;

namespace Integrations.Providers.Facebook.Tests;

public sealed class RefreshAndProbeTests : IDisposable
{
    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Fact]
    public async Task A_refresh_renews_the_persons_token_and_then_the_pages()
    {
        _facebook.Http
            .Json(FacebookHarness.Code, """{"access_token":"EAAuser2","token_type":"bearer","expires_in":5184000}""")
            .Json(FacebookHarness.Page, """{"id":"1029","name":"Renamed","access_token":"EAApage2"}""")
            .Json(FacebookHarness.Debug, """{"data":{"is_valid":true,"data_access_expires_at":1803211200}}""");
        var tokens = (await RefreshAsync()).Tokens!;
        Assert.Equal(("EAApage2", "EAAuser2"), (tokens.AccessToken.Reveal(), tokens.RefreshToken.Reveal()));
        Assert.Equal((null, TimeSpan.FromDays(60)), (tokens.ExpiresIn, tokens.RefreshTokenExpiresIn));
        Assert.Equal("EAApage2", tokens.Details!["page_access_token"]!.ToString());
        Assert.Equal(FacebookHarness.UserToken, _facebook.Http.Calls[0].Form["fb_exchange_token"]);
        Assert.Equal("Bearer EAAuser2", _facebook.Http.Calls.Single(call => call.Method == "GET" && call.Uri.AbsolutePath.EndsWith("/1029", StringComparison.Ordinal)).Authorization);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1803211200), tokens.ConsentExpiresAt);
        _facebook.AssertNoSecretInAnyAddress("EAAuser2", "EAApage2");
    }

    [Fact]
    public async Task A_refresh_does_not_wait_long_for_the_end_of_the_persons_consent()
    {
        _facebook.Http
            .Json(FacebookHarness.Code, """{"access_token":"EAAuser2","token_type":"bearer","expires_in":5184000}""")
            .Json(FacebookHarness.Page, """{"id":"1029","name":"P","access_token":"EAApage2"}""")
            .Hangs(FacebookHarness.Debug);
        var running = RefreshAsync();
        await _facebook.Http.HangsAsync(1);
        _facebook.Time.Advance(TimeSpan.FromSeconds(5));
        var tokens = (await running).Tokens!;
        Assert.Equal(("EAApage2", null), (tokens.AccessToken.Reveal(), tokens.ConsentExpiresAt));
    }

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":463}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.OK, ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"error":{"code":1}}""", HttpStatusCode.BadRequest, ProviderErrorKind.Configuration)]
    [InlineData("""{"error":{"code":4}}""", HttpStatusCode.Forbidden, ProviderErrorKind.RateLimited)]
    [InlineData("<html>", HttpStatusCode.BadGateway, ProviderErrorKind.Transient)]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    public async Task A_refused_refresh_has_its_reason(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Code, body, status);
        Assert.Equal(kind, (await RefreshAsync()).Error!.Kind);
        Assert.Single(_facebook.Http.Calls);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("4711", true)]
    public async Task A_token_that_cannot_be_exchanged_still_reads_the_page_where_system_users_connect(string? configuration, bool succeeds)
    {
        using var facebook = new FacebookHarness(o => o.LoginConfigurationId = configuration);
        facebook.Http.Json(FacebookHarness.Code, """{"error":{"code":100}}""", HttpStatusCode.BadRequest)
            .Json(FacebookHarness.Page, """{"id":"1029","name":"Page","access_token":"EAApage2"}""");
        var result = await facebook.Provider.RefreshAsync(new RefreshContext { Connection = FacebookHarness.Connection() }, FacebookHarness.Ct);
        Assert.Equal(succeeds, result.Succeeded);
        if (succeeds)
            Assert.Equal((FacebookHarness.UserToken, null), (result.Tokens!.RefreshToken.Reveal(), result.Tokens.RefreshTokenExpiresIn));
    }

    [Fact]
    public async Task A_refresh_whose_page_is_gone_says_so()
    {
        _facebook.Http.Json(FacebookHarness.Code, """{"access_token":"EAAuser2"}""").Json(FacebookHarness.Debug, """{"error":{"code":2}}""", HttpStatusCode.InternalServerError)
            .Json(FacebookHarness.Page, """{"error":{"code":190,"error_subcode":492}}""", HttpStatusCode.BadRequest);
        Assert.Equal("190/492", (await RefreshAsync()).Error!.Code);
    }

    [Fact]
    public async Task A_refresh_that_takes_too_long_is_transient()
    {
        _facebook.Http.Hangs(FacebookHarness.Code);
        var refresh = RefreshAsync();
        _facebook.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ProviderErrorKind.Transient, (await refresh).Error!.Kind);
    }

    [Fact]
    public async Task A_working_token_is_reported_with_scopes_and_without_expiry()
    {
        Answer("""{"app_id":"900100","type":"PAGE","is_valid":true,"expires_at":0,"data_access_expires_at":1803211200,"scopes":["pages_show_list","pages_messaging","pages_manage_metadata"],"profile_id":"1029"}""");
        var probe = await ProbeAsync();
        Assert.True(probe.Works);
        Assert.Null(probe.ExpiresAt);
        Assert.Equal(3, probe.GrantedScopes!.Count);
        Assert.Empty(probe.Warnings);
    }

    [Theory]
    [InlineData("""{"is_valid":false,"error":{"code":190,"message":"m","subcode":460},"scopes":[]}""", ProviderErrorKind.ReconnectRequired, "190/460")]
    [InlineData("""{"is_valid":false,"error":{"code":190,"message":"m","subcode":458}}""", ProviderErrorKind.ReconnectRequired, "190/458")]
    [InlineData("""{"is_valid":false}""", ProviderErrorKind.ReconnectRequired, "190")]
    [InlineData("""{"is_valid":true,"app_id":"555"}""", ProviderErrorKind.Configuration, "other_app")]
    [InlineData("""{"is_valid":true,"app_id":900100,"profile_id":"2058"}""", ProviderErrorKind.ReconnectRequired, "other_page")]
    [InlineData("""{"is_valid":true,"scopes":["pages_show_list","pages_manage_metadata"]}""", ProviderErrorKind.InsufficientScope, "scope_missing")]
    public async Task A_dead_or_foreign_token_is_told_apart(string data, ProviderErrorKind kind, string code)
    {
        Answer(data);
        var error = (await ProbeAsync()).Error!;
        Assert.Equal((kind, code), (error.Kind, error.Code));
    }

    [Fact]
    public async Task The_end_of_data_access_is_a_warning_only()
    {
        Answer("""{"is_valid":true,"expires_at":1803211200,"data_access_expires_at":1795521600}""");
        var probe = await ProbeAsync();
        Assert.True(probe.Works);
        Assert.Single(probe.Warnings);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1803211200), probe.ExpiresAt);
    }

    [Theory]
    [InlineData("""{"error":{"code":190}}""", HttpStatusCode.BadRequest, ProviderErrorKind.Configuration)]
    [InlineData("""{"error":{"code":2}}""", HttpStatusCode.InternalServerError, ProviderErrorKind.Transient)]
    [InlineData("{}", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    [InlineData("""{"data":{}}""", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    [InlineData("<html>", HttpStatusCode.OK, ProviderErrorKind.Transient)]
    public async Task A_probe_that_could_not_be_made_never_blames_the_connection(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Debug, body, status);
        Assert.Equal(kind, (await ProbeAsync()).Error!.Kind);
    }

    private void Answer(string data) => _facebook.Http.Json(FacebookHarness.Debug, "{\"data\":" + data + "}");

    private Task<ProbeResult> ProbeAsync() => _facebook.Provider.ProbeAsync(FacebookHarness.Connection(), FacebookHarness.Ct);

    private Task<TokenResult> RefreshAsync() =>
        _facebook.Provider.RefreshAsync(new RefreshContext { Connection = FacebookHarness.Connection() }, FacebookHarness.Ct);
}
