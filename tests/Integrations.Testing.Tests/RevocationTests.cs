namespace Integrations.Testing.Tests;

public sealed class RevocationTests : GraphTest
{
    [Fact]
    public async Task Changed_password_is_190_460_for_page_tokens_too()
    {
        var token = await PageTokenAsync();

        Ada.ChangePassword();

        (await SendAsync(HttpMethod.Get, "me", token)).AssertRefused(190, 460);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", await PageTokenAsync())).Status);
    }

    [Fact]
    public async Task Removed_app_is_190_458()
    {
        var token = await DeployAsync();

        Page.Revoke();

        (await SendAsync(HttpMethod.Get, "me", token)).AssertRefused(190, 458);
        Assert.Empty(Page.SubscribedFields);
    }

    [Fact]
    public async Task Lost_role_is_190_492_and_the_page_leaves_the_list()
    {
        var user = await UserTokenAsync();
        var page = await PageTokenAsync();

        Ada.RemoveRole(Page);

        (await SendAsync(HttpMethod.Get, "me", page)).AssertRefused(190, 492);
        Assert.Empty((await SendAsync(HttpMethod.Get, "me/accounts", user)).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task Unticked_page_is_a_missing_permission_not_a_dead_token()
    {
        var token = await DeployAsync();

        Ada.UntickPage(Page);

        (await SendAsync(HttpMethod.Get, "me/subscribed_apps", token)).AssertRefused(200, status: 403);
        Assert.True((bool)(await DebugAsync(token))["is_valid"]!);
    }

    [Fact]
    public async Task Page_stays_subscribed_while_another_person_holds_it()
    {
        await DeployAsync();
        var bob = Meta.AddUser("Bob");
        Page.AddRole(bob);
        await Meta.ConsentAsync(DialogUrl(), bob, ct: Ct);

        Ada.RevokeConsent();

        Assert.NotEmpty(Page.SubscribedFields);
    }

    [Fact]
    public async Task Expired_tokens_are_190_463()
    {
        var (user, page) = (await UserTokenAsync(), await PageTokenAsync());

        Page.ExpireTokens();
        (await SendAsync(HttpMethod.Get, "me", page)).AssertRefused(190, 463);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", user)).Status);

        Ada.ExpireTokens();
        var refused = await SendAsync(HttpMethod.Get, "me", user);
        refused.AssertRefused(190, 463);
        Assert.Contains("invalid_token", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }
}
