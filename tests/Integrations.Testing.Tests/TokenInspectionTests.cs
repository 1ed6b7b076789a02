namespace Integrations.Testing.Tests;

public sealed class TokenInspectionTests : GraphTest
{
    [Fact]
    public async Task Page_token_is_described()
    {
        var data = await DebugAsync(await PageTokenAsync());

        Assert.Equal((Meta.AppId, "PAGE", "1029", Ada.Id), (data["app_id"]!.ToString(), data["type"]!.ToString(), data["profile_id"]!.ToString(), data["user_id"]!.ToString()));
        Assert.True((bool)data["is_valid"]!);
        Assert.Equal(0, (long)data["expires_at"]!);
        Assert.Equal(Time.GetUtcNow().AddDays(90).ToUnixTimeSeconds(), (long)data["data_access_expires_at"]!);
        Assert.Contains("pages_messaging", data["scopes"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_token_has_an_end()
    {
        var data = await DebugAsync(await UserTokenAsync());

        Assert.Equal("USER", data["type"]!.ToString());
        Assert.Equal(Time.GetUtcNow().AddDays(60).ToUnixTimeSeconds(), (long)data["expires_at"]!);
    }

    [Fact]
    public async Task Dead_token_names_its_reason()
    {
        var token = await PageTokenAsync();
        Ada.ChangePassword();

        var data = await DebugAsync(token);

        Assert.False((bool)data["is_valid"]!);
        Assert.Equal((190, 460), ((int)data["error"]!["code"]!, (int)data["error"]!["subcode"]!));
    }

    [Fact]
    public async Task Invented_token_is_invalid()
    {
        var data = await DebugAsync("EAAinvented");

        Assert.False((bool)data["is_valid"]!);
        Assert.Equal(190, (int)data["error"]!["code"]!);
    }

    [Fact]
    public async Task Only_the_app_token_may_look()
    {
        var token = await UserTokenAsync();

        (await SendAsync(HttpMethod.Get, $"debug_token?input_token={token}", token)).AssertRefused(100);
    }

    [Fact]
    public async Task App_token_with_a_wrong_secret_is_190() => (await SendAsync(HttpMethod.Get, "debug_token?input_token=x", Meta.AppId + "|wrong")).AssertRefused(190);

    [Fact]
    public async Task Node_fields_are_picked_and_unknown_ones_refused()
    {
        var token = await PageTokenAsync();

        var page = await SendAsync(HttpMethod.Get, "me?fields=name,instagram_business_account{id}", token);

        Assert.Equal(["name", "instagram_business_account", "id"], page.Json.Select(member => member.Key));
        (await SendAsync(HttpMethod.Get, "1029?fields=shoe_size", token)).AssertRefused(100);
        Assert.Equal(Ada.Name, (await SendAsync(HttpMethod.Get, "me", await UserTokenAsync())).Text("name"));
    }

    [Fact]
    public async Task Page_is_out_of_reach_of_a_token_without_any_permission_of_pages()
    {
        var code = Query(await Meta.ConsentAsync(DialogUrl(scope: "public_profile"), Ada, ct: Ct), "code");
        var token = (await ExchangeAsync(code)).Text("access_token");

        (await SendAsync(HttpMethod.Get, "1029?fields=access_token", token)).AssertRefused(100, 33);
    }

    [Fact]
    public async Task Contact_profile_is_readable_for_its_page_only()
    {
        var token = await PageTokenAsync();
        var grace = Page.AddContact("Grace", "Hopper");
        var stranger = Meta.AddPage("Other", Ada).AddContact("Eve");

        var profile = await SendAsync(HttpMethod.Get, $"{grace.Id}?fields=first_name,last_name,profile_pic", token);

        Assert.Equal(("Grace", "Hopper"), (profile.Text("first_name"), profile.Text("last_name")));
        (await SendAsync(HttpMethod.Get, $"{stranger.Id}?fields=first_name", token)).AssertRefused(100, 33);
        (await SendAsync(HttpMethod.Get, "123?fields=first_name", token)).AssertRefused(100, 33);
        grace.ProfileHidden = true;
        (await SendAsync(HttpMethod.Get, $"{grace.Id}?fields=first_name", token)).AssertRefused(230, status: 403);
    }
}
