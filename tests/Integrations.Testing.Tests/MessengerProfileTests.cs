using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class MessengerProfileTests : GraphTest
{
    private const string Greeting = """{"greeting":[{"locale":"default","text":"Hello {{user_first_name}}!"}]}""";

    [Fact]
    public async Task Profile_is_stored_read_and_deleted()
    {
        var token = await PageTokenAsync();

        Assert.Equal("{\"result\":\"success\"}", (await PostAsync("me/messenger_profile", token, Parse(Greeting))).Body);
        Assert.Contains("user_first_name", Page.MessengerProfileJson, StringComparison.Ordinal);

        var read = (await SendAsync(HttpMethod.Get, "me/messenger_profile?fields=greeting,get_started", token)).Json["data"]!.AsArray();
        Assert.Equal("default", Assert.Single(read)!["greeting"]![0]!["locale"]!.ToString());

        using var body = new StringContent("""{"fields":["greeting"]}""", System.Text.Encoding.UTF8, "application/json");
        await SendAsync(HttpMethod.Delete, "me/messenger_profile", token, body);
        Assert.Equal("{}", Page.MessengerProfileJson);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"greeting":[{"locale":"de_DE","text":"Hallo"}]}""")]
    [InlineData("""{"greeting":"Hello"}""")]
    [InlineData("""{"greeting":null}""")]
    [InlineData("""{"get_started":{}}""")]
    [InlineData("""{"persistent_menu":[{"locale":"default","call_to_actions":[]}]}""")]
    [InlineData("""{"ice_breakers":[{"locale":"default","call_to_actions":[{},{},{},{},{}]}]}""")]
    [InlineData("""{"ice_breakers":[{},{},{},{},{}]}""")]
    [InlineData("""{"ice_breakers":[{"question":"Open?"}]}""")]
    [InlineData("""{"ice_breakers":[{"question":"Open?","payload":"OPEN","icon":"x"}]}""")]
    [InlineData("""{"ice_breakers":[{"locale":"de_DE","call_to_actions":[{"question":"Open?","payload":"OPEN"}]}]}""")]
    [InlineData("""{"get_started":{"payload":7}}""")]
    [InlineData("""{"get_started":{"payload":"START","title":"x"}}""")]
    [InlineData("""{"greeting":[{"locale":"default","text":"Hello","audio":"x"}]}""")]
    [InlineData("""{"get_started":{"payload":"START"},"persistent_menu":[{"locale":"default"}]}""")]
    [InlineData("""{"get_started":{"payload":"START"},"persistent_menu":[{"locale":"default","call_to_actions":[{"type":"postback","title":"A"}]}]}""")]
    [InlineData("""{"get_started":{"payload":"START"},"persistent_menu":[{"locale":"default","call_to_actions":[{"type":"nested","title":"A","payload":"P"}]}]}""")]
    [InlineData("""{"whitelisted_domains":["http://shop.example.com"]}""")]
    [InlineData("""{"whitelisted_domains":"https://shop.example.com"}""")]
    [InlineData("""{"platform":"telepathy","ice_breakers":[]}""")]
    public async Task Wrong_profile_is_refused(string body) =>
        (await PostAsync("me/messenger_profile", await PageTokenAsync(), Parse(body))).AssertRefused(100);

    [Theory]
    [InlineData("""{"ice_breakers":[{"question":"Open?","payload":"OPEN"}]}""")]
    [InlineData("""{"ice_breakers":[{"locale":"default","call_to_actions":[{"question":"Open?","payload":"OPEN"}]}]}""")]
    [InlineData("""{"whitelisted_domains":["https://shop.example.com"]}""")]
    [InlineData("""{"get_started":{"payload":"START"},"persistent_menu":[{"locale":"default","composer_input_disabled":false,"call_to_actions":[{"type":"postback","title":"A","payload":"P"},{"type":"web_url","title":"B","url":"https://x.example.com","webview_height_ratio":"full"}]}]}""")]
    public async Task Documented_profile_is_accepted(string body) =>
        Assert.Equal(200, (await PostAsync("me/messenger_profile", await PageTokenAsync(), Parse(body))).Status);

    [Fact]
    public async Task Greeting_over_160_characters_is_refused()
    {
        var body = Parse(Greeting);
        body["greeting"]![0]!["text"] = new string('x', 161);

        (await PostAsync("me/messenger_profile", await PageTokenAsync(), body)).AssertRefused(100);
    }

    [Fact]
    public async Task Menu_depends_on_get_started_in_both_directions()
    {
        var token = await PageTokenAsync();
        await PostAsync("me/messenger_profile", token, Parse("""{"get_started":{"payload":"GET_STARTED"}}"""));

        Assert.Equal(200, (await PostAsync("me/messenger_profile", token, Parse("""{"persistent_menu":[{"locale":"default","call_to_actions":[]}]}"""))).Status);
        (await SendAsync(HttpMethod.Delete, "me/messenger_profile?fields=get_started", token)).AssertRefused(100);
        Assert.Equal(200, (await SendAsync(HttpMethod.Delete, "me/messenger_profile?fields=get_started,persistent_menu", token)).Status);
    }

    [Fact]
    public async Task Fields_are_required_and_known()
    {
        var token = await PageTokenAsync();

        (await SendAsync(HttpMethod.Get, "me/messenger_profile", token)).AssertRefused(100);
        (await SendAsync(HttpMethod.Get, "me/messenger_profile?fields=shoe_size", token)).AssertRefused(100);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
