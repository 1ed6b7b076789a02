using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests.Instagram;

/// <summary>The Facebook login route: an account that is reached through its Page.</summary>
public sealed class LinkedAccountTests : InstagramTest
{
    private const string Scopes = "pages_show_list,pages_manage_metadata,pages_messaging,instagram_basic,instagram_manage_messages";

    private SimulatedInstagramAccount Linked => Page.InstagramAccount!;

    [Fact]
    public async Task Accounts_name_the_linked_account_with_the_fields_asked_for()
    {
        var (user, _) = await TokensAsync();

        var plain = await SendAsync(HttpMethod.Get, "me/accounts?fields=instagram_business_account", user);
        var nested = await SendAsync(HttpMethod.Get, "me/accounts?fields=name,instagram_business_account{id,username}", user);

        Assert.Equal("""{"id":"17841400000000001"}""", plain.Json["data"]![0]!["instagram_business_account"]!.ToJsonString());
        Assert.Equal("""{"id":"17841400000000001","username":"my_business_page"}""", nested.Json["data"]![0]!["instagram_business_account"]!.ToJsonString());
        (await SendAsync(HttpMethod.Get, "me/accounts?fields=instagram_business_account{email}", user)).AssertRefused(100);
    }

    [Fact]
    public async Task Messages_need_the_dashboard_subscription_any_page_field_and_the_permission()
    {
        var (_, token) = await TokensAsync();
        var eve = Linked.AddContact("eve");
        Assert.Contains("no callback URL", (await eve.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        await Meta.SetInstagramWebhookAsync(RecordingCallback.Url, "verify me", Ct);
        Assert.Contains("linked Page is not subscribed", (await eve.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
        await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = "feed" });

        Assert.True((await eve.SendTextAsync("hi", ct: Ct)).Delivery!.Succeeded);
        Assert.Equal("17841400000000001", Callback.Last.Entries[0]!["id"]!.ToString());

        Ada.RevokePermission("instagram_manage_messages");
        Assert.Contains("nobody has granted instagram_manage_messages", (await eve.SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_token_sends_to_a_contact_of_the_account_by_instagrams_rules()
    {
        var (_, token) = await TokensAsync();
        var eve = Linked.AddContact("eve");
        await eve.SendTextAsync("hi", ct: Ct);

        var answer = await PostAsync("me/messages", token, TextTo(eve.Id, "hello"));
        (await PostAsync("me/messages", token, TextTo(eve.Id, new string('ü', 501)))).AssertRefused(100);
        eve.CloseWindow();
        (await PostAsync("me/messages", token, TextTo(eve.Id, "late"))).AssertRefused(10, 2534022, 403);

        Assert.Equal(answer.Text("message_id"), Assert.Single(eve.Received).Mid);
        Assert.Empty(Page.SentMessages);
    }

    [Fact]
    public async Task Page_token_reads_account_and_contact_and_keeps_a_profile_of_its_own_for_instagram()
    {
        var (_, token) = await TokensAsync();
        var eve = Linked.AddContact("eve");
        Assert.Equal("my_business_page", (await SendAsync(HttpMethod.Get, $"{Linked.Id}?fields=username", token)).Text("username"));
        Assert.Equal("eve", (await SendAsync(HttpMethod.Get, $"{eve.Id}?fields=name,username,profile_pic", token)).Text("username"));
        var question = new JsonObject { ["question"] = "Open?", ["payload"] = "OPEN" };

        await PostAsync("me/messenger_profile", token, new JsonObject { ["platform"] = "instagram", ["ice_breakers"] = new JsonArray(question) });

        Assert.Contains("Open?", Linked.MessengerProfileJson, StringComparison.Ordinal);
        Assert.Equal("{}", Page.MessengerProfileJson);
    }

    [Fact]
    public async Task Sending_needs_the_permission_of_instagram()
    {
        var (_, token) = await TokensAsync();
        var eve = Linked.AddContact("eve");
        await eve.SendTextAsync("hi", ct: Ct);
        Ada.RevokePermission("instagram_manage_messages");

        (await PostAsync("me/messages", token, TextTo(eve.Id, "hello"))).AssertRefused(200, status: 403);
    }

    [Fact]
    public async Task Each_route_is_signed_with_its_own_secret_and_no_body_mixes_them()
    {
        var (_, token) = await TokensAsync();
        await Meta.SetWebhookAsync(RecordingCallback.Url, "verify me", Ct);
        await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = "messages" });
        await GoLiveAsync();
        Meta.Webhooks.Hold();
        await Page.AddContact("Grace").SendTextAsync("page", ct: Ct);
        await Linked.AddContact("eve").SendTextAsync("linked", ct: Ct);
        await Shop.AddContact("dan").SendTextAsync("login", ct: Ct);

        Assert.Equal(3, (await Meta.Webhooks.ReleaseAsync(ct: Ct)).Count);

        foreach (var (text, secret) in (ReadOnlySpan<(string, string)>)[("page", Meta.AppSecret), ("linked", Meta.AppSecret), ("login", Meta.InstagramAppSecret)])
        {
            var post = Callback.Posts.Single(received => received.Item["message"]!["text"]!.ToString() == text);
            Assert.Equal(WebhookSignature.Compute(secret, post.Body), post.Headers["X-Hub-Signature-256"]);
        }
    }

    private async Task<(string User, string Page)> TokensAsync()
    {
        var code = Query(await Meta.ConsentAsync(DialogUrl(scope: Scopes), Ada, ct: Ct), "code");
        var user = (await LongLivedAsync((await ExchangeAsync(code)).Text("access_token"))).Text("access_token");
        return (user, (await SendAsync(HttpMethod.Get, "1029?fields=access_token", user)).Text("access_token"));
    }
}
