using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class SubscriptionTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        UnavailableFields = new HashSet<string> { "standby" },
    };

    [Fact]
    public async Task Subscribing_reading_and_ending()
    {
        var token = await PageTokenAsync();
        Assert.Equal("[]", (await SendAsync(HttpMethod.Get, "1029/subscribed_apps", token)).Json["data"]!.ToJsonString());

        Assert.Equal("{\"success\":true}", (await SendAsync(HttpMethod.Post, "1029/subscribed_apps?subscribed_fields=messages,feed", token)).Body);
        var app = (await SendAsync(HttpMethod.Get, "1029/subscribed_apps", token)).Json["data"]![0]!;
        Assert.Equal(Meta.AppId, app["id"]!.ToString());
        Assert.Equal("[\"messages\",\"feed\"]", app["subscribed_fields"]!.ToJsonString());

        await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = new JsonArray("messages") });
        Assert.Equal(["messages"], Page.SubscribedFields);

        Assert.Equal("{\"success\":true}", (await SendAsync(HttpMethod.Delete, "1029/subscribed_apps", token)).Body);
        Assert.Empty(Page.SubscribedFields);
        Assert.Equal(2, Meta.CountOf("POST subscribed_apps"));
    }

    [Theory]
    [InlineData("messages,nonsense")]
    [InlineData("messages,standby")]
    [InlineData("messages,message_edit")]
    [InlineData("")]
    public async Task One_bad_field_fails_the_whole_call(string fields)
    {
        var token = await PageTokenAsync();

        (await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = fields })).AssertRefused(100);

        Assert.Empty(Page.SubscribedFields);
    }

    [Theory]
    [InlineData("pages_manage_metadata")]
    [InlineData("pages_messaging")]
    public async Task Needs_the_permissions(string declined)
    {
        var token = await PageTokenAsync(choose: grant => grant.Decline(declined));

        (await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = "messages" })).AssertRefused(200, status: 403);
    }

    [Fact]
    public async Task Needs_a_task_that_may_change_the_page()
    {
        Page.AddRole(Ada, "MESSAGING", "ANALYZE");

        (await PostAsync("1029/subscribed_apps", await PageTokenAsync(), new JsonObject { ["subscribed_fields"] = "messages" })).AssertRefused(200, status: 403);
    }

    [Fact]
    public async Task App_subscription_is_verified_listed_and_deleted()
    {
        var body = AppSubscription("verify me", RecordingCallback.Url.AbsoluteUri);
        Assert.Equal(200, (await PostAsync($"{Meta.AppId}/subscriptions", AppToken, body)).Status);

        var listed = (await SendAsync(HttpMethod.Get, $"{Meta.AppId}/subscriptions", AppToken)).Json["data"]![0]!;
        Assert.Equal(("page", RecordingCallback.Url.AbsoluteUri, true), (listed["object"]!.ToString(), listed["callback_url"]!.ToString(), (bool)listed["active"]!));

        await SendAsync(HttpMethod.Delete, $"{Meta.AppId}/subscriptions?object=page", AppToken);
        Assert.Equal("[]", (await SendAsync(HttpMethod.Get, $"{Meta.AppId}/subscriptions", AppToken)).Json["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Callback_that_does_not_know_the_verify_token_is_refused()
    {
        (await PostAsync($"{Meta.AppId}/subscriptions", AppToken, AppSubscription("other", RecordingCallback.Url.AbsoluteUri))).AssertRefused(2200);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.SetWebhookAsync(RecordingCallback.Url, "other", Ct));
    }

    [Fact]
    public async Task Callback_must_be_https_unless_loopback() =>
        (await PostAsync($"{Meta.AppId}/subscriptions", AppToken, AppSubscription("verify me", "http://app.example.com/hook"))).AssertRefused(100);

    [Theory]
    [InlineData("")]
    [InlineData("messages,nonsense")]
    public async Task App_subscription_names_its_fields(string fields)
    {
        var body = AppSubscription("verify me", RecordingCallback.Url.AbsoluteUri);
        body["fields"] = fields;

        (await PostAsync($"{Meta.AppId}/subscriptions", AppToken, body)).AssertRefused(100);
        (await SendAsync(HttpMethod.Delete, $"{Meta.AppId}/subscriptions?fields=nonsense", AppToken)).AssertRefused(100);
    }

    [Fact]
    public async Task App_subscription_needs_the_app_token() =>
        (await PostAsync($"{Meta.AppId}/subscriptions", await UserTokenAsync(), AppSubscription("verify me", RecordingCallback.Url.AbsoluteUri))).AssertRefused(100);

    [Fact]
    public async Task Event_that_nobody_subscribed_to_says_why_it_was_not_sent()
    {
        var grace = Page.AddContact("Grace");
        Assert.Contains("no callback URL", (await grace.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);

        var token = await DeployAsync("messages");
        Assert.Null((await grace.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause);
        Assert.Contains("Page is not subscribed to message_reads", (await grace.ReadAsync(Ct)).NotDeliveredBecause, StringComparison.Ordinal);

        var narrow = AppSubscription("verify me", RecordingCallback.Url.AbsoluteUri);
        narrow["fields"] = "message_reads";
        await PostAsync($"{Meta.AppId}/subscriptions", AppToken, narrow);
        Assert.Contains("app is not subscribed to messages", (await grace.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        Assert.NotNull(token);
    }

    private static JsonObject AppSubscription(string verifyToken, string callback) => new()
    {
        ["object"] = "page",
        ["callback_url"] = callback,
        ["verify_token"] = verifyToken,
        ["fields"] = "messages, messaging_postbacks, message_echoes",
    };
}
