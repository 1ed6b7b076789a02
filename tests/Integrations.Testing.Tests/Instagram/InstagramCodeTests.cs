namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramCodeTests : InstagramTest
{
    [Fact]
    public async Task Documented_answer_is_nested_and_names_the_app_scoped_id()
    {
        var answer = (await RedeemAsync(await InstagramCodeAsync())).Json["data"]![0]!;

        Assert.Equal(Shop.AppScopedId, answer["user_id"]!.ToString());
        Assert.NotEqual(Shop.Id, Shop.AppScopedId);
        Assert.Contains("instagram_business_manage_messages", answer["permissions"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(1), Meta.IssuedTokens.Single(token => token.Value == answer["access_token"]!.ToString()).ExpiresAt);
    }

    [Fact]
    public async Task Used_code_is_refused_in_the_hosts_own_shape()
    {
        var code = await InstagramCodeAsync();
        Assert.Equal(200, (await RedeemAsync(code)).Status);

        var again = await RedeemAsync(code);

        Assert.Equal(400, again.Status);
        Assert.Equal("""{"error_type":"OAuthException","code":400,"error_message":"Matching code was not found or was already used"}""", again.Body);
    }

    [Fact]
    public async Task Code_lives_one_hour()
    {
        var (late, intime) = (await InstagramCodeAsync(), await InstagramCodeAsync());
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await RedeemAsync(intime)).Status);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Matching code was not found or was already used", (await RedeemAsync(late)).Text("error_message"));
    }

    [Fact]
    public async Task Suffix_that_was_not_stripped_is_refused() =>
        Assert.Equal(400, (await RedeemAsync(await InstagramCodeAsync() + "#_")).Status);

    [Fact]
    public async Task Wrong_app_secret_redirect_or_grant_type_is_refused()
    {
        var code = await InstagramCodeAsync();

        foreach (var attempt in (Task<Answer>[])
        [
            RedeemAsync(code, secret: Meta.AppSecret), RedeemAsync(code, appId: Meta.AppId), RedeemAsync(code, redirect: "https://app.example.com/other"),
            RedeemAsync(code, grant: "ig_exchange_token"),
        ])
            Assert.Equal("OAuthException", (await attempt).Text("error_type"));
        Assert.Equal(200, (await RedeemAsync(code)).Status);
    }

    [Fact]
    public async Task Parameters_in_the_query_are_refused()
    {
        var code = await InstagramCodeAsync();
        var query = $"/oauth/access_token?client_id={Meta.InstagramAppId}&client_secret={Meta.InstagramAppSecret}&grant_type=authorization_code&redirect_uri={Uri.EscapeDataString(Redirect)}&code={code}";

        Assert.Equal(400, (await SendAsync(HttpMethod.Post, new Uri(Meta.InstagramApiBaseUri, query).AbsoluteUri)).Status);
        Assert.Equal(400, (await SendAsync(HttpMethod.Get, new Uri(Meta.InstagramApiBaseUri, query).AbsoluteUri)).Status);
    }

    [Fact]
    public async Task Body_that_is_no_form_is_refused()
    {
        var body = new System.Text.Json.Nodes.JsonObject
        {
            ["client_id"] = Meta.InstagramAppId,
            ["client_secret"] = Meta.InstagramAppSecret,
            ["grant_type"] = "authorization_code",
            ["redirect_uri"] = Redirect,
            ["code"] = await InstagramCodeAsync(),
        };

        var answer = await PostAsync(new Uri(Meta.InstagramApiBaseUri, "/oauth/access_token").AbsoluteUri, null, body);

        Assert.Equal((400, "OAuthException"), (answer.Status, answer.Text("error_type")));
    }

    [Fact]
    public async Task Exchange_on_another_host_is_an_unknown_path()
    {
        var code = await InstagramCodeAsync();

        (await RedeemAsync(code, host: Meta.InstagramGraphBaseUri)).AssertRefused(2500);
        (await RedeemAsync(code, host: Meta.GraphBaseUri)).AssertRefused(2500);
        Assert.Equal(200, (await RedeemAsync(code)).Status);
    }
}

public sealed class InstagramFlatAnswerTests : InstagramTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        RedirectUris = [new Uri(Redirect)],
        InstagramFlatCodeAnswer = true,
        InstagramCodeSuffixInQuery = true,
    };

    [Fact]
    public async Task Flat_answer_and_suffix_inside_the_query_can_be_chosen()
    {
        var code = await InstagramCodeAsync();
        Assert.EndsWith("#_", code, StringComparison.Ordinal);

        Assert.StartsWith("IGAA", (await RedeemAsync(code[..^2])).Text("access_token"), StringComparison.Ordinal);
    }
}
