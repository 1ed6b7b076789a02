namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramDialogTests : InstagramTest
{
    [Fact]
    public async Task Consent_comes_back_with_state_and_a_code_followed_by_metas_suffix()
    {
        var callback = await Meta.ConsentAsync(InstagramDialog("&enable_fb_login=false&force_reauth=true"), Shop, ct: Ct);

        Assert.Equal(("st/ate", "#_"), (Query(callback, "state"), callback.Fragment));
        Assert.NotEmpty(Query(callback, "code"));
        Assert.Equal(InstagramScopes.Split(',').Order(), Shop.GrantedScopes.Order());
    }

    [Fact]
    public async Task Cancel_comes_back_with_the_documented_error()
    {
        var callback = await Meta.DenyAsync(InstagramDialog(), Ct);

        Assert.Equal(("access_denied", "user_denied", ""), (Query(callback, "error"), Query(callback, "error_reason"), Query(callback, "code")));
    }

    [Fact]
    public async Task Declining_the_base_permission_declines_all()
    {
        Assert.Equal("access_denied", Query(await Meta.ConsentAsync(InstagramDialog(), Shop, grant => grant.Decline("instagram_business_basic"), Ct), "error"));

        Assert.Empty(Shop.GrantedScopes);
    }

    [Theory]
    [InlineData("&display=page")]
    [InlineData("&force_reauth=maybe")]
    [InlineData("&code_challenge=x")]
    [InlineData("&state=other")]
    public Task Parameter_that_is_not_documented_is_refused(string extra) => RefusedAsync(InstagramDialog(extra));

    [Theory]
    [InlineData("instagram_basic,instagram_manage_messages")]
    [InlineData("business_basic")]
    [InlineData("instagram_business_manage_messages")]
    [InlineData("")]
    public Task Scope_of_the_other_route_or_without_the_base_is_refused(string scope) => RefusedAsync(InstagramDialog(scope: scope));

    [Fact]
    public Task App_id_of_facebook_is_refused() => RefusedAsync(InstagramDialog(clientId: Meta.AppId));

    [Fact]
    public Task Dialog_on_another_host_is_refused() => RefusedAsync(new Uri(Meta.DialogBaseUri, InstagramDialog().PathAndQuery));

    [Fact]
    public async Task Page_shows_each_account_and_its_form_answers_the_redirect()
    {
        _ = Shop;
        var page = await SendAsync(HttpMethod.Get, InstagramDialog().AbsoluteUri);
        Assert.Contains("data-user=\"17841400000000077\"", page.Body, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent([new("user", Shop.Id), new("action", "continue"), new("scope", "instagram_business_basic")]);
        var answer = await SendAsync(HttpMethod.Post, InstagramDialog().AbsoluteUri, content: form);

        Assert.Equal(302, answer.Status);
        Assert.StartsWith(Redirect + "?state=st%2Fate&code=", answer.Header("Location"), StringComparison.Ordinal);
        Assert.EndsWith("#_", answer.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(["instagram_business_basic"], Shop.GrantedScopes);
    }

    private async Task RefusedAsync(Uri url) => await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.ConsentAsync(url, Shop, ct: Ct));
}
