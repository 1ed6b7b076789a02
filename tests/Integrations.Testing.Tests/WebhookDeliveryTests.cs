using System.Text.Json.Nodes;
using System.Net;

namespace Integrations.Testing.Tests;

public sealed class WebhookDeliveryTests : GraphTest
{
    [Fact]
    public async Task Held_events_of_two_pages_share_one_post_with_an_entry_per_page()
    {
        await DeployAsync();
        var other = await DeployOtherAsync();
        var (grace, eve) = (Page.AddContact("Grace"), other.AddContact("Eve"));
        Meta.Webhooks.Hold();
        foreach (var contact in (SimulatedContact[])[grace, grace, eve, eve, grace])
            Assert.Null((await contact.SendTextAsync("hi", ct: Ct)).Delivery);

        var delivery = Assert.Single(await Meta.Webhooks.ReleaseAsync(ct: Ct));

        Assert.Equal(5, delivery.EventCount);
        Assert.Equal([Page.Id, other.Id], delivery.PageIds);
        Assert.Equal(
            [(Page.Id, 2), (other.Id, 2), (Page.Id, 1)],
            Callback.Last.Entries.Select(entry => (entry!["id"]!.ToString(), entry["messaging"]!.AsArray().Count)));
    }

    [Fact]
    public async Task Held_events_can_come_in_reverse_and_one_by_one()
    {
        await DeployAsync();
        var grace = Page.AddContact("Grace");
        Meta.Webhooks.Hold();
        await grace.SendTextAsync("one", ct: Ct);
        await grace.SendTextAsync("two", ct: Ct);

        await Meta.Webhooks.ReleaseAsync(eventsPerPost: 1, reversed: true, Ct);

        Assert.Equal(["two", "one"], Callback.Posts.Select(post => post.Item["message"]!["text"]!.ToString()));
    }

    [Fact]
    public async Task Duplicate_is_the_same_bytes_again()
    {
        await DeployAsync();
        Meta.Webhooks.DuplicateNext(2);

        await Page.AddContact("Grace").SendTextAsync("hi", ct: Ct);
        await Meta.Webhooks.WhenIdleAsync(Ct);

        Assert.Equal(3, Callback.Posts.Count);
        Assert.Single(Callback.Posts.Select(post => post.Text).Distinct());
        Assert.Single(Meta.WebhookDeliveries.Select(delivery => delivery.Batch).Distinct());
    }

    [Fact]
    public async Task Delayed_event_waits_for_the_clock()
    {
        await DeployAsync();
        Meta.Webhooks.Delay = TimeSpan.FromMinutes(2);
        var occurrence = await Page.AddContact("Grace").SendTextAsync("hi", ct: Ct);
        Assert.Null(occurrence.Delivery);
        Assert.Empty(Callback.Posts);

        Time.Advance(TimeSpan.FromMinutes(2));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 1, ct: Ct);

        Assert.Equal(occurrence.At.ToUnixTimeMilliseconds(), (long)Callback.Last.Item["timestamp"]!);
    }

    [Fact]
    public async Task Failed_post_is_retried_at_once_and_then_by_the_clock_until_it_is_taken()
    {
        await DeployAsync();
        Callback.Answer = HttpStatusCode.InternalServerError;

        var first = (await Page.AddContact("Grace").SendTextAsync("hi", ct: Ct)).Delivery!;
        Assert.Equal((1, 500, false), (first.Attempt, first.Status, first.Succeeded));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);
        await Meta.Webhooks.WhenIdleAsync(Ct);

        Callback.Answer = HttpStatusCode.OK;
        Time.Advance(TimeSpan.FromMinutes(1));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 3, ct: Ct);
        Time.Advance(TimeSpan.FromHours(2));
        await Meta.Webhooks.WhenIdleAsync(Ct);

        Assert.Equal([500, 500, 200], Meta.WebhookDeliveries.Select(delivery => delivery.Status ?? 0));
        Assert.Single(Callback.Posts.Select(post => post.Text).Distinct());
        Assert.NotEmpty(Page.SubscribedFields);
        Assert.Empty(Meta.Webhooks.Alerts);
    }

    [Fact]
    public async Task Accepted_is_exactly_200()
    {
        await DeployAsync();
        Callback.Answer = HttpStatusCode.Accepted;

        Assert.False((await Page.AddContact("Grace").SendTextAsync("hi", ct: Ct)).Delivery!.Succeeded);
    }

    [Fact]
    public async Task Alert_comes_after_15_minutes_and_the_subscription_ends_after_an_hour()
    {
        var token = await DeployAsync();
        var other = await DeployOtherAsync();
        Callback.Answer = HttpStatusCode.InternalServerError;
        await Page.AddContact("Grace").SendTextAsync("hi", ct: Ct);
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);

        var attempts = 2;
        foreach (var minutes in (int[])[1, 2, 4, 8])
        {
            Assert.Empty(Meta.Webhooks.Alerts);
            await AdvanceToNextAttemptAsync(minutes, ++attempts);
        }

        Assert.Contains(Page.Id, Assert.Single(Meta.Webhooks.Alerts), StringComparison.Ordinal);
        await AdvanceToNextAttemptAsync(15, ++attempts);
        Assert.NotEmpty(Page.SubscribedFields);
        await AdvanceToNextAttemptAsync(30, ++attempts);

        Assert.Empty(Page.SubscribedFields);
        Assert.NotEmpty(other.SubscribedFields);
        Assert.Equal("[]", (await SendAsync(HttpMethod.Get, "me/subscribed_apps", token)).Json["data"]!.ToJsonString());
        Time.Advance(TimeSpan.FromHours(1));
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Assert.Equal(attempts, Meta.WebhookDeliveries.Count);
        Assert.Contains("not subscribed", (await Page.Contacts[0].SendTextAsync("hi", ct: Ct)).NotDeliveredBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_takes_too_long_counts_as_failure()
    {
        await DeployAsync();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Callback.BeforeAnswer = () =>
        {
            reached.TrySetResult();
            return release.Task;
        };

        var sending = Page.AddContact("Grace").SendTextAsync("hi", ct: Ct);
        await reached.Task.WaitAsync(Ct);
        Callback.BeforeAnswer = null;
        Time.Advance(TimeSpan.FromSeconds(5));

        var first = (await sending).Delivery!;
        Assert.Null(first.Status);
        Assert.NotNull(first.Failure);
        release.TrySetResult();
    }

    [Fact]
    public async Task Echo_can_come_before_the_send_is_answered()
    {
        var token = await DeployAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Meta.EchoBeforeAnswer = true;
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Callback.BeforeAnswer = () =>
        {
            reached.TrySetResult();
            return release.Task;
        };

        var sending = SendTextAsync(token, grace, "hello", "ours");
        await reached.Task.WaitAsync(Ct);

        Assert.False(sending.IsCompleted);
        Assert.True((bool)Callback.Last.Item["message"]!["is_echo"]!);
        release.SetResult();
        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    public async Task Echo_of_an_attachment_lists_it_as_documented()
    {
        var token = await DeployAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Meta.EchoBeforeAnswer = true;
        await PostAsync("me/messages", token, new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = grace.Id },
            ["messaging_type"] = "RESPONSE",
            ["message"] = JsonNode.Parse("""{"attachment":{"type":"image","payload":{"url":"https://x.example.com/a.png"}}}"""),
        });

        var message = Callback.Last.Item["message"]!.AsObject();

        Assert.Equal("image", Assert.Single(message["attachments"]!.AsArray())!["type"]!.ToString());
        Assert.False(message.ContainsKey("attachment"));
    }

    [Fact]
    public async Task Answer_from_the_page_inbox_is_an_echo_of_another_app()
    {
        await DeployAsync();

        await Page.SendFromInboxAsync(Page.AddContact("Grace"), "a person here", Ct);

        var message = Callback.Last.Item["message"]!;
        Assert.Equal(Page.Id, Callback.Last.Item["sender"]!["id"]!.ToString());
        Assert.NotEqual(Meta.AppId, message["app_id"]!.ToString());
    }

    [Fact]
    public async Task Feed_change_comes_under_changes_with_seconds()
    {
        await DeployAsync();

        await Page.EmitChangeAsync("feed", """{"item":"status","verb":"add"}""", Ct);

        var entry = Callback.Last.Entries[0]!;
        Assert.Equal("feed", entry["changes"]![0]!["field"]!.ToString());
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), (long)entry["time"]!);
    }

    private async Task AdvanceToNextAttemptAsync(int minutes, int attempts)
    {
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Time.Advance(TimeSpan.FromMinutes(minutes));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == attempts, ct: Ct);
    }

    private async Task<SimulatedPage> DeployOtherAsync()
    {
        var other = Meta.AddPage("Other", Ada);
        var user = await UserTokenAsync();
        var token = (await SendAsync(HttpMethod.Get, $"{other.Id}?fields=access_token", user)).Text("access_token");
        await SendAsync(HttpMethod.Post, "me/subscribed_apps?subscribed_fields=messages", token);
        return other;
    }
}
