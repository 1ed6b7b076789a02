using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class StrictnessTests : GraphTest
{
    [Theory]
    [InlineData("me?surprise=1")]
    [InlineData("me?pretty=1")]
    [InlineData("me?debug=all")]
    [InlineData("me?date_format=U")]
    [InlineData("?ids=1029&fields=name")]
    public async Task Unknown_and_removed_parameters_are_refused(string path) =>
        (await SendAsync(HttpMethod.Get, path, await UserTokenAsync())).AssertRefused(100);

    [Fact]
    public async Task Unknown_body_property_is_refused()
    {
        var token = await PageTokenAsync();

        var answer = await PostAsync("me/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = "messages", ["page"] = "1029" });

        answer.AssertRefused(100);
        Assert.Contains("page", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_in_query_and_body_is_refused()
    {
        var token = await PageTokenAsync();

        (await PostAsync("me/subscribed_apps?subscribed_fields=messages", token, new JsonObject { ["subscribed_fields"] = "messages" })).AssertRefused(100);
    }

    [Theory]
    [InlineData("{\"recipient\":")]
    [InlineData("[]")]
    [InlineData("""{"sender_action":"typing_on","sender_action":"typing_off"}""")]
    [InlineData("""{"message":{"text":"a","text":"b"}}""")]
    public async Task Broken_json_is_refused(string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        (await SendAsync(HttpMethod.Post, "me/messages", await PageTokenAsync(), body)).AssertRefused(100);
    }

    [Fact]
    public async Task Body_of_another_kind_is_refused_and_not_ignored()
    {
        var token = await PageTokenAsync();
        using var text = new StringContent("subscribed_fields=messages", Encoding.UTF8, "text/plain");

        (await SendAsync(HttpMethod.Post, "me/subscribed_apps?subscribed_fields=messages", token, text)).AssertRefused(100);
        Assert.Empty(Page.SubscribedFields);
    }

    [Fact]
    public async Task Get_with_a_body_is_refused()
    {
        using var body = new StringContent("""{"fields":"name"}""", Encoding.UTF8, "application/json");

        (await SendAsync(HttpMethod.Get, "me", await UserTokenAsync(), body)).AssertRefused(100);
    }

    [Theory]
    [InlineData("instagram_business_account{id")]
    [InlineData("name}")]
    [InlineData("{id}")]
    [InlineData("name{first}")]
    [InlineData("instagram_business_account{username{first}}")]
    public async Task Broken_field_expression_is_2500(string fields) =>
        (await SendAsync(HttpMethod.Get, $"me?fields={fields}", await PageTokenAsync())).AssertRefused(2500);

    [Theory]
    [InlineData("/v27.0/me")]
    [InlineData("/v20.0/me")]
    [InlineData("/v26.1/me")]
    [InlineData("/me")]
    [InlineData("/v26.0/me/feeds")]
    [InlineData("/v26.0")]
    public async Task Unknown_version_or_path_is_2500(string path) => (await SendAsync(HttpMethod.Get, path, await UserTokenAsync())).AssertRefused(2500);

    [Fact]
    public async Task Supported_older_version_is_answered() => Assert.Equal(200, (await SendAsync(HttpMethod.Get, "/v25.0/me", await UserTokenAsync())).Status);

    [Theory]
    [InlineData("GET", "me/messages")]
    [InlineData("POST", "me/accounts")]
    [InlineData("PUT", "1029/subscribed_apps")]
    [InlineData("POST", "debug_token")]
    public async Task Wrong_verb_is_100_33(string method, string path) =>
        (await SendAsync(new HttpMethod(method), path, await UserTokenAsync())).AssertRefused(100, 33);

    [Fact]
    public async Task Call_without_token_is_2500() => (await SendAsync(HttpMethod.Get, "me")).AssertRefused(2500);

    [Fact]
    public async Task Missing_proof_is_refused() => (await SendAsync(HttpMethod.Get, "me", await UserTokenAsync(), proof: false)).AssertRefused(100);

    [Fact]
    public async Task Proof_of_another_token_is_refused()
    {
        var (user, page) = (await UserTokenAsync(), await PageTokenAsync());

        var answer = await SendAsync(HttpMethod.Get, $"me?appsecret_proof={Proof(page, Meta.AppSecret)}", user, proof: false);

        answer.AssertRefused(100);
        Assert.Contains("appsecret_proof", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upper_case_proof_is_refused()
    {
        var token = await UserTokenAsync();

        (await SendAsync(HttpMethod.Get, $"me?appsecret_proof={Proof(token, Meta.AppSecret).ToUpperInvariant()}", token, proof: false)).AssertRefused(100);
    }

    // The other tests trust this helper; the vector is the one of the platform facts.
    [Fact]
    public void Proof_helper_follows_the_documented_vector() =>
        Assert.Equal("cca3d19589e00bc1ac0061918a47cf6a313234c9c0ecc0bdfaeca6145e173eaf", Proof("EAAtoken123", "0123456789abcdef0123456789abcdef"));

    [Fact]
    public async Task Token_as_parameter_is_accepted()
    {
        var token = await UserTokenAsync();

        Assert.Equal(200, (await SendAsync(HttpMethod.Get, $"me?access_token={token}&appsecret_proof={Proof(token, Meta.AppSecret)}")).Status);
        Assert.False(Meta.Requests[^1].BearerHeader);
    }

    [Fact]
    public async Task Token_in_header_and_parameter_is_refused()
    {
        var token = await UserTokenAsync();

        (await SendAsync(HttpMethod.Get, $"me?access_token={token}", token)).AssertRefused(100);
    }

    [Fact]
    public async Task Invented_token_is_190() => (await SendAsync(HttpMethod.Get, "me", "EAAinvented")).AssertRefused(190);

    [Theory]
    [InlineData("GET", "1029/subscribed_apps")]
    [InlineData("POST", "1029/subscribed_apps")]
    [InlineData("POST", "me/messages")]
    [InlineData("GET", "me/messenger_profile?fields=greeting")]
    public async Task User_token_for_a_page_call_is_210(string method, string path) =>
        (await SendAsync(new HttpMethod(method), path, await UserTokenAsync())).AssertRefused(210, status: 403);

    [Fact]
    public async Task Page_token_for_a_user_call_is_refused() => (await SendAsync(HttpMethod.Get, "me/accounts", await PageTokenAsync())).AssertRefused(102);

    [Fact]
    public async Task Page_token_for_another_page_is_refused()
    {
        var other = Meta.AddPage("Other", Ada);

        (await SendAsync(HttpMethod.Get, $"{other.Id}/subscribed_apps", await PageTokenAsync())).AssertRefused(100, 33);
    }

    [Fact]
    public async Task Requests_tell_names_and_kinds_but_no_values()
    {
        var token = await PageTokenAsync();
        await SendAsync(HttpMethod.Get, "me?fields=id", token);

        var request = Meta.Requests[^1];
        Assert.Equal(("GET", "/v26.0/me", "me", 200), (request.Method, request.Path, request.Endpoint, request.Status));
        Assert.Equal(["appsecret_proof", "fields"], request.QueryNames.Order());
        Assert.Equal((SimulatedTokenKind.Page, true), (request.TokenKind, request.BearerHeader));
    }
}

public sealed class ProofNotRequiredTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        RequireAppSecretProof = false,
    };

    [Fact]
    public async Task Missing_proof_is_accepted_but_a_wrong_one_is_not()
    {
        var token = await UserTokenAsync();

        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", token, proof: false)).Status);
        (await SendAsync(HttpMethod.Get, "me?appsecret_proof=00", token, proof: false)).AssertRefused(100);
    }
}
