using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class MainJobTests : GraphTest
{
    [Fact]
    public async Task A_page_is_connected_subscribed_written_to_and_answers()
    {
        var callback = await Meta.ConsentAsync(DialogUrl(), Ada, ct: Ct);
        Assert.StartsWith(Redirect + "?code=", callback.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("st/ate", Query(callback, "state"));

        var shortLived = await ExchangeAsync(Query(callback, "code"));
        Assert.Equal(("bearer", "3600"), (shortLived.Text("token_type"), shortLived.Text("expires_in")));
        var longLived = (await LongLivedAsync(shortLived.Text("access_token"))).Text("access_token");

        var accounts = await SendAsync(HttpMethod.Get, "me/accounts?fields=name,access_token,tasks,instagram_business_account{id}", longLived);
        var account = accounts.Json["data"]![0]!;
        Assert.Equal("17841400000000001", account["instagram_business_account"]!["id"]!.ToString());
        var token = account["access_token"]!.ToString();
        Assert.Null(Meta.IssuedTokens.Single(issued => issued.Value == token).ExpiresAt);

        var registered = await PostAsync($"{Meta.AppId}/subscriptions", AppToken, new JsonObject
        {
            ["object"] = "page",
            ["callback_url"] = RecordingCallback.Url.AbsoluteUri,
            ["verify_token"] = "verify me",
            ["fields"] = "messages,message_echoes",
            ["include_values"] = true,
        });
        Assert.True((bool)registered.Json["success"]!);
        await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = new JsonArray("messages", "message_echoes") });
        Assert.Equal(["messages", "message_echoes"], Page.SubscribedFields);

        var grace = Page.AddContact("Grace");
        var inbound = await grace.SendTextAsync("hi", ct: Ct);
        Assert.True(inbound.Delivery!.Succeeded);
        Assert.Equal("hi", Callback.Last.Item["message"]!["text"]!.ToString());

        var answer = await SendTextAsync(token, grace, "hello", "our-id-1");
        Assert.Equal((grace.Id, Page.SentMessages[0].Mid), (answer.Text("recipient_id"), answer.Text("message_id")));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);
        var echo = Callback.Last.Item;
        Assert.Equal((Page.Id, grace.Id), (echo["sender"]!["id"]!.ToString(), echo["recipient"]!["id"]!.ToString()));
        Assert.Equal("our-id-1", echo["message"]!["metadata"]!.ToString());
        Assert.Equal(long.Parse(Meta.AppId, System.Globalization.CultureInfo.InvariantCulture), (long)echo["message"]!["app_id"]!);
    }
}
