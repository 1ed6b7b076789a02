namespace Integrations.Testing.Tests;

public sealed class PermissionsTests : GraphTest
{
    [Fact]
    public async Task Granted_and_declined_are_listed()
    {
        var token = await UserTokenAsync(choose: grant => grant.Decline("pages_messaging"));

        var listed = (await SendAsync(HttpMethod.Get, "me/permissions", token)).Json["data"]!.AsArray()
            .ToDictionary(entry => entry!["permission"]!.ToString(), entry => entry!["status"]!.ToString());

        Assert.Equal(("granted", "declined"), (listed["pages_show_list"], listed["pages_messaging"]));
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, $"{Ada.Id}/permissions", AppToken)).Status);
    }

    [Fact]
    public async Task Second_consent_adds_permissions_and_replaces_pages()
    {
        var other = Meta.AddPage("Other", Ada);
        await CodeAsync(grant => grant.OnlyPages(Page).Decline("pages_messaging"));

        await CodeAsync(grant => grant.OnlyPages(other));

        Assert.Contains("pages_messaging", Ada.GrantedScopes);
        var token = await UserTokenAsync(choose: grant => grant.OnlyPages(other));
        Assert.DoesNotContain("1029", (await DebugAsync(token)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_one_keeps_the_token_but_refuses_the_call()
    {
        var user = await UserTokenAsync();
        var page = await PageTokenAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);

        Assert.Equal("{\"success\":true}", (await SendAsync(HttpMethod.Delete, $"{Ada.Id}/permissions/pages_messaging", user)).Body);

        (await SendTextAsync(page, grace, "hello")).AssertRefused(200, status: 403);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", page)).Status);
        (await SendAsync(HttpMethod.Delete, "me/permissions/nonsense", user)).AssertRefused(100);
    }

    [Fact]
    public async Task Deleting_all_kills_every_token_of_the_person()
    {
        var user = await UserTokenAsync();
        var page = await DeployAsync();

        await SendAsync(HttpMethod.Delete, "me/permissions", user);

        (await SendAsync(HttpMethod.Get, "me", user)).AssertRefused(190, 458);
        (await SendAsync(HttpMethod.Get, "me", page)).AssertRefused(190, 458);
        Assert.Empty(Page.SubscribedFields);
    }

    [Fact]
    public async Task Another_person_is_out_of_reach() =>
        (await SendAsync(HttpMethod.Delete, $"{Meta.AddUser("Bob").Id}/permissions", await UserTokenAsync())).AssertRefused(100, 33);
}
