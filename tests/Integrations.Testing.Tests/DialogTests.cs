using System.Net;
using System.Text.RegularExpressions;

namespace Integrations.Testing.Tests;

public sealed partial class DialogTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        LoginConfigurations =
        [
            new LoginConfiguration { Id = "777", Scopes = ["pages_show_list", "pages_messaging"] },
            new LoginConfiguration { Id = "778", Scopes = ["pages_show_list", "pages_messaging"], SystemUserToken = true },
        ],
    };

    [Fact]
    public async Task Page_offers_users_pages_scopes_continue_and_cancel()
    {
        var answer = await SendAsync(HttpMethod.Get, DialogUrl().PathAndQuery);

        Assert.Equal(200, answer.Status);
        Assert.Contains("Continue as Ada Admin", answer.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"1029\" checked", answer.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"pages_messaging\" checked", answer.Body, StringComparison.Ordinal);
        Assert.Contains(">Cancel<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submitted_form_redirects_with_code_and_only_what_was_ticked()
    {
        var other = Meta.AddPage("Other", Ada);
        var page = await SendAsync(HttpMethod.Get, DialogUrl().PathAndQuery);
        var action = WebUtility.HtmlDecode(FormAction().Match(page.Body).Groups[1].Value);

        using var form = new FormUrlEncodedContent([new("user", Ada.Id), new("page", "1029"), new("scope", "pages_show_list"), new("action", "continue")]);
        var answer = await SendAsync(HttpMethod.Post, "/v26.0/dialog/oauth" + action, content: form);

        Assert.Equal(302, answer.Status);
        var location = new Uri(answer.Header("Location"));
        Assert.Equal("st/ate", Query(location, "state"));
        var token = (await ExchangeAsync(Query(location, "code"))).Text("access_token");
        var accounts = (await SendAsync(HttpMethod.Get, "me/accounts", token)).Json["data"]!.AsArray();
        Assert.Equal("1029", Assert.Single(accounts)!["id"]!.ToString());
        Assert.DoesNotContain(other.Id, accounts.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["pages_show_list", "public_profile"], Ada.GrantedScopes.Order());
    }

    [Fact]
    public async Task Cancel_button_redirects_with_the_documented_error()
    {
        using var form = new FormUrlEncodedContent([new("user", Ada.Id), new("action", "cancel")]);
        var answer = await SendAsync(HttpMethod.Post, DialogUrl().PathAndQuery, content: form);

        AssertDenied(new Uri(answer.Header("Location")));
    }

    [Fact]
    public async Task Deny_answers_the_documented_error_with_state() => AssertDenied(await Meta.DenyAsync(DialogUrl(), Ct));

    [Theory]
    [InlineData("client_id=900100200300400", "client_id=1", "Invalid App ID")]
    [InlineData("app.example.com", "evil.example.com", "URL blocked")]
    [InlineData("https%3A%2F%2Fapp", "http%3A%2F%2Fapp", "URL blocked")]
    [InlineData("facebook%2Fcallback", "facebook%2Fcallback%2F", "URL blocked")]
    [InlineData("response_type=code", "response_type=token", "response_type")]
    [InlineData("&state=st%2Fate", "", "state is required")]
    [InlineData("pages_messaging", "pages_everything", "Invalid Scopes")]
    [InlineData("response_type=code", "response_type=code&surprise=1", "Unknown parameter")]
    [InlineData("response_type=code", "response_type=code&code_challenge=short&code_challenge_method=S256", "code_challenge")]
    [InlineData("response_type=code", "response_type=code&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=plain", "code_challenge")]
    [InlineData("scope=pages_show_list", "config_id=777&scope=pages_show_list", "config_id replaces scope")]
    [InlineData("response_type=code", "response_type=code&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM&code_challenge_method=S256", "code_challenge")]
    [InlineData("state=st%2Fate", "state=st%2Fate&state=other", "more than once")]
    [InlineData("https%3A%2F%2Fapp.example", "https%3A%2F%2FAPP.example", "URL blocked")]
    [InlineData("response_type=code", "response_type=code&display=hologram", "display must be one of")]
    [InlineData("response_type=code", "response_type=code&auth_type=guess", "auth_type must be one of")]
    [InlineData("response_type=code", "response_type=code&override_default_response_type=true", "belongs to config_id")]
    [InlineData("/v26.0/", "/v99.0/", "Unknown path")]
    public async Task Wrong_request_is_shown_as_an_error_and_never_redirected(string from, string to, string message)
    {
        var url = DialogUrl().PathAndQuery.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(DialogUrl().PathAndQuery, url);

        var answer = await SendAsync(HttpMethod.Get, url);

        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Body, StringComparison.Ordinal);
        Assert.Empty(answer.Header("Location"));
    }

    [Theory]
    [InlineData("&display=popup")]
    [InlineData("&auth_type=rerequest")]
    public async Task Documented_options_are_accepted(string extra) =>
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, DialogUrl(extra).PathAndQuery)).Status);

    [Fact]
    public async Task Answer_that_is_no_form_is_refused()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        var answer = await SendAsync(HttpMethod.Post, DialogUrl().PathAndQuery, content: json);

        Assert.Equal((400, ""), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task Programmatic_consent_throws_what_the_dialog_would_show()
    {
        var url = new Uri(DialogUrl().AbsoluteUri.Replace("app.example.com", "evil.example.com", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.ConsentAsync(url, Ada, ct: Ct));

        Assert.Contains("URL blocked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_without_a_role_cannot_be_ticked()
    {
        var foreign = Meta.AddPage("Foreign", Meta.AddUser("Bob"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.ConsentAsync(DialogUrl(), Ada, grant => grant.OnlyPages(foreign), Ct));
    }

    [Fact]
    public async Task Login_for_business_grants_the_whole_configuration()
    {
        await Meta.ConsentAsync(ConfigurationUrl("777"), Ada, ct: Ct);

        Assert.Equal(["pages_messaging", "pages_show_list", "public_profile"], Ada.GrantedScopes.Order());
    }

    [Fact]
    public async Task Login_for_business_grants_nothing_when_one_permission_is_declined()
    {
        AssertDenied(await Meta.ConsentAsync(ConfigurationUrl("777"), Ada, grant => grant.Decline("pages_messaging"), Ct));

        Assert.Empty(Ada.GrantedScopes);
    }

    [Fact]
    public async Task Login_for_business_needs_the_override_to_answer_a_code()
    {
        var url = ConfigurationUrl("777").PathAndQuery.Replace("&override_default_response_type=true", "", StringComparison.Ordinal);

        Assert.Contains("override_default_response_type", (await SendAsync(HttpMethod.Get, url)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task System_user_token_comes_without_expiry()
    {
        var code = Query(await Meta.ConsentAsync(ConfigurationUrl("778"), Ada, ct: Ct), "code");

        var answer = await ExchangeAsync(code);

        Assert.False(answer.Json.ContainsKey("expires_in"));
        Assert.Null(Meta.IssuedTokens[0].ExpiresAt);
    }

    private Uri ConfigurationUrl(string id) => new(DialogUrl().AbsoluteUri.Replace(
        "scope=" + AllScopes, $"config_id={id}&override_default_response_type=true", StringComparison.Ordinal));

    private static void AssertDenied(Uri location)
    {
        Assert.Equal("access_denied", Query(location, "error"));
        Assert.Equal("user_denied", Query(location, "error_reason"));
        Assert.Equal("Permissions error.", Query(location, "error_description"));
        Assert.Equal("st/ate", Query(location, "state"));
        Assert.Empty(Query(location, "code"));
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex FormAction();
}
