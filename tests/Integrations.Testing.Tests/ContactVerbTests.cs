using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class ContactVerbTests : GraphTest
{
    [Fact]
    public async Task Every_verb_has_the_documented_shape()
    {
        await DeployAsync();
        var grace = Page.AddContact("Grace");

        var first = await grace.SendTextAsync("hi", ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{first.Mid}}}}","text":"hi"}}""");
        var reply = await grace.SendTextAsync("and", replyTo: first.Mid, ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{reply.Mid}}}}","text":"and","reply_to":{"mid":"{{{{first.Mid}}}}","is_self_reply":false}}}""");
        var quick = await grace.TapQuickReplyAsync("Red", "RED", Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{quick.Mid}}}}","text":"Red","quick_reply":{"payload":"RED"}}}""");
        var image = await grace.SendAttachmentAsync("image", new Uri("https://cdn.example.com/a.png"), Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{image.Mid}}}}","attachments":[{"type":"image","payload":{"url":"https://cdn.example.com/a.png"}}]}}""");
        var place = await grace.SendLocationAsync(1.5, -1.25, Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{place.Mid}}}}","attachments":[{"type":"location","payload":{"coordinates":{"lat":1.5,"long":-1.25}}}]}}""");
        var sticker = await grace.SendStickerAsync(ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{sticker.Mid}}}}","attachments":[{"type":"sticker","payload":{"url":"https://scontent.example.com/369239263222822.png","sticker_id":369239263222822}}]}}""");
        var unsupported = await grace.SendUnsupportedAsync(Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{unsupported.Mid}}}}","is_unsupported":true}}""");
        var postback = await grace.TapPostbackAsync("Start", "GET_STARTED", "ad-1", Ct);
        AssertItem($$$$"""{"postback":{"mid":"{{{{postback.Mid}}}}","title":"Start","payload":"GET_STARTED","referral":{"ref":"ad-1","source":"SHORTLINK","type":"OPEN_THREAD"}}}""");
        await grace.ReactAsync(first.Mid!, "😢", "sad", Ct);
        AssertItem($$$$"""{"reaction":{"mid":"{{{{first.Mid}}}}","action":"react","emoji":"😢","reaction":"sad"}}""");
        await grace.UnreactAsync(first.Mid!, Ct);
        AssertItem($$$$"""{"reaction":{"mid":"{{{{first.Mid}}}}","action":"unreact"}}""");
        await grace.EditAsync(first.Mid!, "hi!", 2, Ct);
        AssertItem($$$$"""{"message_edit":{"mid":"{{{{first.Mid}}}}","text":"hi!","num_edit":2}}""");
        await grace.UnsendAsync(first.Mid!, Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{first.Mid}}}}","is_deleted":true}}""");
        await grace.FollowReferralAsync("shop", ct: Ct);
        AssertItem("""{"referral":{"ref":"shop","source":"SHORTLINK","type":"OPEN_THREAD"}}""");
        await grace.OptInAsync("newsletter", Ct);
        AssertItem("""{"optin":{"ref":"newsletter"}}""");
        await grace.LinkAccountAsync("code-1", Ct);
        AssertItem("""{"account_linking":{"status":"linked","authorization_code":"code-1"}}""");
        await grace.ReadAsync(Ct);
        AssertItem($$$$"""{"read":{"watermark":{{{{Now}}}}}}""");
    }

    [Fact]
    public async Task Delivery_receipt_names_what_was_sent()
    {
        var token = await DeployAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        var mid = (await SendTextAsync(token, grace, "hello")).Text("message_id");
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);

        await grace.ConfirmDeliveryAsync(Ct);

        AssertItem($$$$"""{"delivery":{"mids":["{{{{mid}}}}"],"watermark":{{{{Now}}}}}}""");
    }

    [Fact]
    public async Task Standby_comes_under_its_own_key()
    {
        await DeployAsync();

        await Page.AddContact("Grace").SendOnStandbyAsync("hi", Ct);

        var entry = Callback.Last.Entries[0]!.AsObject();
        Assert.False(entry.ContainsKey("messaging"));
        Assert.Equal("hi", entry["standby"]![0]!["message"]!["text"]!.ToString());
    }

    [Fact]
    public async Task Raw_item_may_be_malformed()
    {
        await DeployAsync();

        await Page.AddContact("Grace").SendRawAsync("messages", """{"sender":null,"message":"not an object"}""", ct: Ct);

        Assert.Null(Callback.Last.Item["sender"]);
        Assert.Equal("not an object", Callback.Last.Item["message"]!.ToString());
    }

    private long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void AssertItem(string expected)
    {
        var item = Callback.Last.Item;
        var sender = item["sender"]!["id"]!.ToString();
        Assert.Equal((Page.Contacts[0].Id, Page.Id), (sender, item["recipient"]!["id"]!.ToString()));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), (long)item["timestamp"]!);
        foreach (var name in (string[])["sender", "recipient", "timestamp"])
            item.Remove(name);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), item), $"Expected {expected}, got {item.ToJsonString()}");
    }
}
