using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramVerbTests : InstagramTest
{
    private static readonly Uri Story = new("https://cdn.example.com/story");

    [Fact]
    public async Task Every_verb_has_the_documented_shape()
    {
        await GoLiveAsync();
        var dan = Shop.AddContact("dan");

        var first = await dan.SendTextAsync("hi", ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{first.Mid}}}}","text":"hi"}}""");
        var reply = await dan.SendTextAsync("and", replyTo: first.Mid, ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{reply.Mid}}}}","text":"and","reply_to":{"mid":"{{{{first.Mid}}}}"}}}""");
        var quick = await dan.TapQuickReplyAsync("Red", "RED", Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{quick.Mid}}}}","text":"Red","quick_reply":{"payload":"RED"}}}""");
        var post = await dan.SendAttachmentAsync("ig_post", Story, Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{post.Mid}}}}","attachments":[{"type":"ig_post","payload":{"url":"https://cdn.example.com/story"}}]}}""");
        var once = await dan.SendAttachmentAsync("ephemeral", ct: Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{once.Mid}}}}","attachments":[{"type":"ephemeral","payload":{}}]}}""");
        var heart = await dan.SendHeartAsync(Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{heart.Mid}}}}","attachments":[{"type":"like_heart"}]}}""");
        var mention = await dan.MentionInStoryAsync(Story, Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{mention.Mid}}}}","attachments":[{"type":"story_mention","payload":{"url":"https://cdn.example.com/story"}}]}}""");
        var story = await dan.ReplyToStoryAsync("wow", "181", Story, Ct);
        AssertItem($$$$$"""{"message":{"mid":"{{{{{story.Mid}}}}}","text":"wow","reply_to":{"story":{"id":"181","url":"https://cdn.example.com/story"}}}}""");
        var unsupported = await dan.SendUnsupportedAsync(Ct);
        AssertItem($$$$"""{"message":{"mid":"{{{{unsupported.Mid}}}}","is_unsupported":true}}""");
        var postback = await dan.TapPostbackAsync("Menu", "MENU", Ct);
        AssertItem($$$$"""{"postback":{"mid":"{{{{postback.Mid}}}}","title":"Menu","payload":"MENU"}}""");
        await dan.TapIceBreakerAsync("Open?", "OPEN", Ct);
        AssertItem("""{"postback":{"title":"Open?","payload":"OPEN"}}""");
        await dan.ReactAsync("m1", ct: Ct);
        AssertItem("""{"reaction":{"mid":"m1","action":"react","reaction":"love","emoji":"❤"}}""");
        await dan.UnreactAsync("m1", Ct);
        AssertItem("""{"reaction":{"mid":"m1","action":"unreact"}}""");
        await dan.EditAsync("m1", "hello", ct: Ct);
        AssertItem("""{"message_edit":{"mid":"m1","text":"hello","num_edit":1}}""");
        await dan.UnsendAsync("m1", Ct);
        AssertItem("""{"message":{"mid":"m1","is_deleted":true}}""");
        await dan.SeeAsync("m1", Ct);
        AssertItem("""{"read":{"mid":"m1"}}""");
        await dan.FollowReferralAsync("promo", ct: Ct);
        AssertItem("""{"referral":{"ref":"promo","source":"IGME","type":"OPEN_THREAD"}}""");
    }

    [Fact]
    public async Task Comment_comes_in_either_shape()
    {
        await GoLiveAsync();
        var dan = Shop.AddContact("dan");

        await dan.CommentAsync("nice", "180", ct: Ct);
        var change = Callback.Last.Entries[0]!["changes"]![0]!;
        Assert.Equal(("comments", "nice"), (change["field"]!.ToString(), change["value"]!["text"]!.ToString()));
        await dan.CommentAsync("nice", "180", flat: true, Ct);

        var entry = Callback.Last.Entries[0]!;
        Assert.Equal((Shop.Id, "comments", dan.Id), (entry["id"]!.ToString(), entry["field"]!.ToString(), entry["value"]!["from"]!["id"]!.ToString()));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), (long)entry["time"]!);
    }

    [Fact]
    public async Task Standby_comes_under_its_own_key_and_a_persons_answer_as_a_foreign_echo()
    {
        await GoLiveAsync();
        var dan = Shop.AddContact("dan");
        await dan.SendOnStandbyAsync("hi", Ct);
        Assert.Equal("hi", Callback.Last.Entries[0]!["standby"]![0]!["message"]!["text"]!.ToString());

        await Shop.SendFromInboxAsync(dan, "by hand", Ct);

        var echo = Callback.Last.Item["message"]!;
        Assert.True((bool)echo["is_echo"]!);
        Assert.NotEqual(Meta.InstagramAppId, echo["app_id"]!.ToString());
    }

    private void AssertItem(string expected)
    {
        Assert.Equal("instagram", JsonNode.Parse(Callback.Last.Body)!["object"]!.ToString());
        var item = Callback.Last.Item;
        Assert.Equal((Shop.Contacts[0].Id, Shop.Id), (item["sender"]!["id"]!.ToString(), item["recipient"]!["id"]!.ToString()));
        foreach (var name in (string[])["sender", "recipient", "timestamp"])
            item.Remove(name);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), item), $"Expected {expected}, got {item.ToJsonString()}");
    }
}
