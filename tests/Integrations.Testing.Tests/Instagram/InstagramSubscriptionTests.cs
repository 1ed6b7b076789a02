using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramSubscriptionTests : InstagramTest
{
    [Theory]
    [InlineData("me")]
    [InlineData("17841400000000077")]
    public async Task Subscribing_reading_and_ending(string node)
    {
        var token = await LongTokenAsync();
        var path = $"/v26.0/{node}/subscribed_apps";

        Assert.Equal("{\"success\":true}", (await OnInstagramAsync(HttpMethod.Post, path, token, Fields("messages,messaging_seen"))).Body);
        var app = (await OnInstagramAsync(HttpMethod.Get, path, token)).Json["data"]![0]!;
        Assert.Equal((Meta.InstagramAppId, "[\"messages\",\"messaging_seen\"]"), (app["app_id"]!.ToString(), app["subscribed_fields"]!.ToJsonString()));
        Assert.Equal(200, (await OnInstagramAsync(HttpMethod.Delete, path, token)).Status);
        Assert.Empty(Shop.SubscribedFields);
    }

    [Theory]
    [InlineData("messages,message_reads")]
    [InlineData("messages,message_edits")]
    [InlineData("messages,message_echoes")]
    [InlineData("messages,messaging_referrals")]
    public async Task Field_in_the_spelling_of_a_page_fails_the_whole_call(string fields)
    {
        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/subscribed_apps", await LongTokenAsync(), Fields(fields))).AssertRefused(100);

        Assert.Empty(Shop.SubscribedFields);
    }

    [Theory]
    [InlineData("instagram_business_manage_messages", "messages")]
    [InlineData("instagram_business_manage_comments", "comments")]
    public async Task Field_needs_its_permission(string declined, string field) =>
        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/subscribed_apps", await LongTokenAsync(grant => grant.Decline(declined)), Fields(field))).AssertRefused(200, status: 403);

    [Fact]
    public async Task Account_id_must_be_the_one_of_the_webhooks() =>
        (await OnInstagramAsync(HttpMethod.Get, $"/v26.0/{Shop.AppScopedId}/subscribed_apps", await LongTokenAsync())).AssertRefused(100, 33);

    [Fact]
    public async Task Object_instagram_cannot_be_subscribed_through_the_api()
    {
        var body = new JsonObject
        {
            ["object"] = "instagram",
            ["callback_url"] = RecordingCallback.Url.AbsoluteUri,
            ["verify_token"] = "verify me",
            ["fields"] = "messages",
        };

        (await PostAsync($"{Meta.AppId}/subscriptions", AppToken, body)).AssertRefused(100);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.SetInstagramWebhookAsync(RecordingCallback.Url, "other", Ct));
        Assert.Null(Meta.InstagramWebhookCallback);
    }

    [Fact]
    public async Task What_is_missing_says_why_nothing_comes()
    {
        var dan = Shop.AddContact("dan");
        Assert.Contains("no callback URL is registered for the object instagram", (await dan.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        await Meta.SetInstagramWebhookAsync(RecordingCallback.Url, "verify me", Ct);
        Assert.Contains("linked to no Page", (await dan.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        await GoLiveAsync("messages");
        Assert.Null((await dan.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause);
        Assert.Contains("not subscribed to messaging_seen", (await dan.SeeAsync("m", Ct)).NotDeliveredBecause, StringComparison.Ordinal);

        Shop.AllowsMessageAccess = false;

        Assert.Contains("Allow access to messages", (await dan.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        Assert.Single(Callback.Posts);
    }

    [Fact]
    public async Task Failing_for_an_hour_disables_the_account_until_it_is_subscribed_again()
    {
        await GoLiveAsync();
        var dan = Shop.AddContact("dan");
        Callback.Answer = System.Net.HttpStatusCode.InternalServerError;
        await dan.SendTextAsync("hi", ct: Ct);
        Time.Advance(TimeSpan.FromHours(1));
        await dan.SendTextAsync("still there?", ct: Ct);
        Assert.Contains($"Webhooks disabled for Instagram account {Shop.Id}", Meta.Webhooks.Alerts);
        Assert.NotNull((await dan.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause);

        Callback.Answer = System.Net.HttpStatusCode.OK;
        await GoLiveAsync();

        Assert.True((await dan.SendTextAsync("hi", ct: Ct)).Delivery!.Succeeded);
    }

    private static JsonObject Fields(string fields) => new() { ["subscribed_fields"] = fields };
}
