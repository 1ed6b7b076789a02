namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramTokenTests : InstagramTest
{
    [Fact]
    public async Task Short_token_becomes_one_of_sixty_days()
    {
        var answer = await LengthenAsync(await ShortTokenAsync());

        Assert.Equal(("bearer", "5184000"), (answer.Text("token_type"), answer.Text("expires_in")));
        Assert.True(Meta.IssuedTokens.Single(token => token.Value == answer.Text("access_token")) is { IsLongLived: true, Kind: SimulatedTokenKind.Instagram });
    }

    [Fact]
    public async Task Long_token_cannot_be_lengthened_and_a_short_one_cannot_be_refreshed()
    {
        var token = await ShortTokenAsync();
        (await RefreshAsync(token)).AssertRefused(100);

        (await LengthenAsync((await LengthenAsync(token)).Text("access_token"))).AssertRefused(452);
    }

    [Fact]
    public async Task Lengthening_needs_the_secret_of_the_instagram_app() =>
        (await LengthenAsync(await ShortTokenAsync(), Meta.AppSecret)).AssertRefused(1);

    [Fact]
    public async Task Refresh_before_twenty_four_hours_is_refused_and_after_them_gives_a_new_token()
    {
        var token = await LongTokenAsync();
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await RefreshAsync(token)).AssertRefused(100);

        Time.Advance(TimeSpan.FromSeconds(1));
        var renewed = (await RefreshAsync(token)).Text("access_token");

        Assert.NotEqual(token, renewed);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromDays(60), Meta.IssuedTokens.Single(issued => issued.Value == renewed).ExpiresAt);
    }

    [Fact]
    public async Task Refresh_after_expiry_is_refused_for_good()
    {
        var token = await LongTokenAsync();
        Time.Advance(TimeSpan.FromDays(60));

        (await RefreshAsync(token)).AssertRefused(190, 463);
        Time.Advance(TimeSpan.FromDays(1));
        (await RefreshAsync(token)).AssertRefused(190, 463);
    }

    [Fact]
    public async Task Refresh_needs_the_base_permission()
    {
        var token = await LongTokenAsync();
        Time.Advance(TimeSpan.FromDays(2));
        Shop.RevokePermission("instagram_business_basic");

        (await RefreshAsync(token)).AssertRefused(200, status: 403);
    }

    [Fact]
    public async Task Token_endpoints_take_no_version_and_the_others_need_one()
    {
        var token = await LongTokenAsync();
        Time.Advance(TimeSpan.FromDays(2));

        (await OnInstagramAsync(HttpMethod.Get, $"/v26.0/refresh_access_token?grant_type=ig_refresh_token&access_token={token}")).AssertRefused(2500);
        (await OnInstagramAsync(HttpMethod.Get, "/me?fields=id", token)).AssertRefused(2500);
        (await OnInstagramAsync(HttpMethod.Get, "/v99.0/me?fields=id", token)).AssertRefused(2500);
        (await SendAsync(HttpMethod.Get, $"/refresh_access_token?grant_type=ig_refresh_token&access_token={token}")).AssertRefused(2500);
    }

    [Fact]
    public async Task Account_knows_its_two_ids()
    {
        var me = await OnInstagramAsync(HttpMethod.Get, "/v26.0/me?fields=id,user_id,username,name,account_type,profile_picture_url", await LongTokenAsync());

        Assert.Equal((Shop.AppScopedId, Shop.Id, "shop"), (me.Text("id"), me.Text("user_id"), me.Text("username")));
        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me?fields=email", await LongTokenAsync())).AssertRefused(100);
    }

    [Fact]
    public async Task Token_of_one_platform_is_none_on_the_other()
    {
        (await SendAsync(HttpMethod.Get, "me", await LongTokenAsync())).AssertRefused(190);
        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me", await PageTokenAsync())).AssertRefused(190);
        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me")).AssertRefused(2500);
    }

    [Fact]
    public async Task Facebook_neither_describes_nor_lengthens_a_token_of_instagram()
    {
        var token = await LongTokenAsync();

        (await LongLivedAsync(token)).AssertRefused(190);
        Assert.False((bool)(await DebugAsync(token))["is_valid"]!);
    }

    [Fact]
    public async Task Proof_is_not_documented_on_instagram_and_refused()
    {
        var token = await LongTokenAsync();

        (await OnInstagramAsync(HttpMethod.Get, $"/v26.0/me?appsecret_proof={Proof(token, Meta.InstagramAppSecret)}", token)).AssertRefused(100);
    }

    [Fact]
    public async Task Debug_token_does_not_exist_there() =>
        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/debug_token?input_token=x", await LongTokenAsync())).AssertRefused(2500);

    [Fact]
    public async Task Revoked_and_changed_password_kill_the_tokens()
    {
        var token = await LongTokenAsync();
        Shop.ChangePassword();
        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me", token)).AssertRefused(190, 460);
        token = await LongTokenAsync();
        Shop.RevokeConsent();

        (await OnInstagramAsync(HttpMethod.Get, "/v26.0/me", token)).AssertRefused(190, 458);
        Assert.Empty(Shop.GrantedScopes);
    }
}
