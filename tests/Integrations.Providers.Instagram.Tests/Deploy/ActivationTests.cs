using System.Net;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Instagram.Tests;

public sealed class ActivationTests
{
    private const string Yes = """{"success":true}""";

    [Fact]
    public async Task Through_facebook_the_page_is_subscribed_to_by_one_quiet_field()
    {
        using var instagram = new InstagramHarness();
        Page(instagram, "[]").Http.Json("POST /v26.0/1029/subscribed_apps", Yes);
        Assert.True((await instagram.Provider.ActivateAsync(InstagramHarness.Connection(), InstagramHarness.Ct)).Succeeded);
        Assert.Equal("name", instagram.Http.Calls[^1].Form["subscribed_fields"]);
    }

    [Fact]
    public async Task Messengers_fields_on_the_same_page_stay_when_instagram_comes_and_goes()
    {
        using var instagram = new InstagramHarness();
        Page(instagram, Subscribed("messages", "message_reads"));
        Page(instagram, Subscribed("messages", "message_reads", "name"));
        Page(instagram, Subscribed("messages", "message_reads")).Http.Json("POST /v26.0/1029/subscribed_apps", Yes);
        await instagram.Provider.ActivateAsync(InstagramHarness.Connection(), InstagramHarness.Ct);
        Assert.Equal("name,messages,message_reads", instagram.Http.Calls[1].Form["subscribed_fields"]);
        Assert.True((await instagram.Provider.DeactivateAsync(InstagramHarness.Connection(), InstagramHarness.Ct)).Succeeded);
        Assert.Equal("messages,message_reads", instagram.Http.Calls[3].Form["subscribed_fields"]);
        Assert.DoesNotContain(instagram.Http.Order, call => call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_last_channel_takes_the_subscription_with_it()
    {
        using var instagram = new InstagramHarness();
        Page(instagram, Subscribed("name")).Http.Json("DELETE /v26.0/1029/subscribed_apps", Yes);
        Assert.True((await instagram.Provider.RevokeAsync(InstagramHarness.Connection(), InstagramHarness.Ct)).Succeeded);
        Assert.Equal("DELETE", instagram.Http.Calls[^1].Method);
    }

    [Fact]
    public async Task Through_instagram_the_account_itself_is_subscribed_to_with_its_own_spellings()
    {
        using var instagram = Own().Json(("GET", """{"data":[]}""")).Json(("POST", Yes)).Instagram;
        Assert.True((await instagram.Provider.ActivateAsync(Connection(), InstagramHarness.Ct)).Succeeded);
        var post = instagram.Http.Calls[^1];
        Assert.Equal("graph.instagram.com", post.Uri.Host);
        Assert.Equal("messages,messaging_postbacks,message_reactions,messaging_seen,messaging_referral,message_edit,messaging_handover,standby", post.Form["subscribed_fields"]);
    }

    [Fact]
    public async Task A_refused_field_leaves_the_minimal_set_and_a_warning()
    {
        using var instagram = Own().Json(("GET", """{"data":[]}""")).Instagram;
        instagram.Http.Json("POST /v26.0/me/subscribed_apps", """{"error":{"code":100}}""", HttpStatusCode.BadRequest).Json("POST /v26.0/me/subscribed_apps", Yes);
        var result = await instagram.Provider.ActivateAsync(Connection(), InstagramHarness.Ct);
        Assert.Contains("messaging_seen", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("messages,messaging_postbacks", instagram.Http.Calls[^1].Form["subscribed_fields"]);
    }

    [Fact]
    public async Task Disconnecting_unsubscribes_and_revokes_nothing_else()
    {
        using var instagram = Own().Json(("GET", """{"data":[{"app_id":"700200","subscribed_fields":["messages"]}]}""")).Json(("DELETE", Yes)).Instagram;
        Assert.True((await instagram.Provider.RevokeAsync(Connection(), InstagramHarness.Ct)).Succeeded);
        Assert.Equal(["GET /v26.0/me/subscribed_apps", "DELETE /v26.0/me/subscribed_apps"], instagram.Http.Order);
    }

    [Fact]
    public async Task A_dead_token_has_nothing_left_to_take_back()
    {
        using var instagram = Own().Instagram;
        instagram.Http.Json("GET /v26.0/me/subscribed_apps", """{"error":{"code":190}}""", HttpStatusCode.BadRequest);
        Assert.True((await instagram.Provider.RevokeAsync(Connection(), InstagramHarness.Ct)).Succeeded);
        Assert.Equal(ProviderErrorKind.ReconnectRequired, (await instagram.Provider.DeactivateAsync(Connection(), InstagramHarness.Ct)).Error!.Kind);
    }

    [Theory]
    [InlineData(InstagramLoginRoute.FacebookLogin, "graph.facebook.com")]
    [InlineData(InstagramLoginRoute.InstagramLogin, "graph.instagram.com")]
    public async Task Ice_breakers_are_set_and_their_refusal_is_only_a_warning(InstagramLoginRoute route, string host)
    {
        using var instagram = new InstagramHarness(route);
        var node = route == InstagramLoginRoute.FacebookLogin ? "1029" : "me";
        instagram.Http.Json($"GET /v26.0/{node}/subscribed_apps", """{"data":[]}""").Json($"POST /v26.0/{node}/subscribed_apps", Yes)
            .Json("POST /v26.0/me/messenger_profile", """{"result":"success"}""")
            .Json("POST /v26.0/me/messenger_profile", """{"error":{"code":100}}""", HttpStatusCode.BadRequest);
        var connection = InstagramHarness.Connection(details: """{"page_id":"1029","ice_breakers":[{"question":"Open today?","payload":"HOURS"}]}""");
        Assert.Empty((await instagram.Provider.ActivateAsync(connection, InstagramHarness.Ct)).Warnings);
        Assert.Equal(host, instagram.Http.Calls[^1].Uri.Host);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"platform":"instagram","ice_breakers":[{"question":"Open today?","payload":"HOURS"}]}"""), JsonNode.Parse(instagram.Http.Calls[^1].Body)));
        var again = await instagram.Provider.ActivateAsync(connection, InstagramHarness.Ct);
        Assert.True(again.Succeeded);
        Assert.Single(again.Warnings);
    }

    private static string Subscribed(params string[] fields) =>
        "[{\"id\":\"900100\",\"subscribed_fields\":[" + string.Join(',', fields.Select(field => $"\"{field}\"")) + "]}]";

    private static InstagramHarness Page(InstagramHarness instagram, string apps)
    {
        instagram.Http.Json("GET /v26.0/1029/subscribed_apps", "{\"data\":" + apps + "}");
        return instagram;
    }

    private static ConnectionContext Connection() => InstagramHarness.Connection(InstagramHarness.LongToken, "{}");

    private static OwnRoute Own() => new(new InstagramHarness(InstagramLoginRoute.InstagramLogin));

    private sealed record OwnRoute(InstagramHarness Instagram)
    {
        public OwnRoute Json((string Method, string Body) answer)
        {
            Instagram.Http.Json($"{answer.Method} /v26.0/me/subscribed_apps", answer.Body);
            return this;
        }
    }
}
