using System.Net;
using System.Text.Json.Nodes;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>What an owner does with an integration, over the management API.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Deploying_twice_changes_nothing(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.ConnectAsync(Person.Anna, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var request = new JsonObject
        {
            ["chat_id"] = Person.Anna.ChatId,
            ["channels"] = new JsonArray(new JsonObject { ["type"] = "facebook", ["details"] = new JsonObject { ["welcome_message"] = "Welcome!" } }),
        };

        var first = await browser.ApiAsync(HttpMethod.Post, "/deploy", Ct, request);
        Assert.True(first.Status == HttpStatusCode.OK, first.Body.ToString());
        var before = await stage.ViewAsync(key, Ct);
        var second = await browser.ApiAsync(HttpMethod.Post, "/deploy", Ct, request);

        Assert.Equal(first.Body.ToString(), second.Body.ToString());
        var after = await stage.ViewAsync(key, Ct);
        Assert.Equal((before.UpdatedAt, before.DeployedAt, before.Details.ToJsonString()), (after.UpdatedAt, after.DeployedAt, after.Details.ToJsonString()));
        await stage.Host.Events.WaitForAsync(IntegrationEventKind.Deployed, Ct);
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.Deployed));
        Assert.Single(await stage.Host.Get<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Person.Anna.ClientId }, Ct));
    }

    [Fact]
    public async Task Every_error_of_the_settings_is_told_with_its_path_and_nothing_is_changed()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var before = await stage.ViewAsync(key, Ct);

        var (status, problem) = await browser.ApiAsync(HttpMethod.Post, "/deploy", Ct, new JsonObject
        {
            ["chat_id"] = Person.Anna.ChatId,
            ["channels"] = new JsonArray(new JsonObject
            {
                ["type"] = "facebook",
                ["details"] = new JsonObject { ["auto_response"] = "maybe", ["notification_email"] = "not an address" },
            }),
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["$.auto_response", "$.notification_email"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()).Order());
        Assert.Equal(before.Details.ToJsonString(), (await stage.ViewAsync(key, Ct)).Details.ToJsonString());
    }

    [Fact]
    public async Task A_paused_integration_is_silent_and_answers_again_when_resumed()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        var paused = await browser.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/pause", Ct);
        Assert.Equal(HttpStatusCode.OK, paused.Status);
        Assert.Empty(stage.Page.SubscribedFields);
        Assert.True(await stage.ViewAsync(key, Ct) is { IsLive: false, IsActive: false, State: ConnectionState.Connected });
        Assert.NotNull((await contact.SendTextAsync("anyone?", ct: Ct)).NotDeliveredBecause);

        Assert.Equal(HttpStatusCode.OK, (await browser.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/resume", Ct)).Status);
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);
        Assert.Equal("echo: hello", Assert.Single(contact.Received).Text);
        Assert.True(await stage.ViewAsync(key, Ct) is { IsLive: true, IsActive: true });
    }

    [Fact]
    public async Task Disconnecting_wipes_the_tokens_frees_the_page_and_spares_the_persons_other_pages()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        Assert.Equal(HttpStatusCode.OK, (await browser.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/disconnect", Ct)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/disconnect", Ct)).Status);

        var stored = (await stage.Host.Get<IIntegrationStore>().FindAsync(key, Ct))!;
        Assert.Equal((null, null, ConnectionState.Disconnected), (stored.Record.AuthToken, stored.Record.RefreshToken, stored.Connection.State));
        Assert.DoesNotContain("page_access_token", stored.Record.Details, StringComparison.Ordinal);
        Assert.Empty(stage.Page.SubscribedFields);
        Assert.Equal(0, stage.Meta.CountOf("DELETE permissions"));
        await stage.Host.Events.WaitForAsync(IntegrationEventKind.Disconnected, Ct);
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.Disconnected));

        // The Page is free: another client may connect it.
        await stage.ConnectAsync(Person.Ben, Ct);
    }

    [Fact]
    public async Task The_catalog_lists_nine_types_and_says_honestly_which_can_be_used()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        var (_, catalog) = await browser.ApiAsync(HttpMethod.Get, "/catalog", Ct);

        var types = catalog.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("type").GetString()!, item => item.GetProperty("availability").GetString());
        Assert.Equal(["chat-widget", "facebook", "instagram", "x", "telegram", "linkedin", "email", "sms", "team"], types.Keys);
        Assert.Equal("available", types["facebook"]);
        Assert.All((string[])["x", "telegram", "linkedin", "email", "sms", "team"], type => Assert.Equal("coming_soon", types[type]));
    }

    [Fact]
    public async Task The_welcome_message_greets_each_contact_once_and_counters_are_exact()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct, """{"welcome_message":"Welcome!"}""");
        var carla = stage.Page.AddContact("Carla");
        var dan = stage.Page.AddContact("Dan");

        await carla.SendTextAsync("one", ct: Ct);
        await carla.SendTextAsync("two", ct: Ct);
        await dan.SendTextAsync("three", ct: Ct);
        await stage.SentAsync(5, Ct);

        Assert.Equal(["Welcome!", "echo: one", "echo: two"], carla.Received.Where(sent => sent.Mid is not null).Select(sent => sent.Text));
        Assert.Equal(["Welcome!", "echo: three"], dan.Received.Where(sent => sent.Mid is not null).Select(sent => sent.Text));
        var view = await stage.ViewWhenAsync(key, v => v.MessageCount >= 8, Ct);
        Assert.Equal((8, 2), (view.MessageCount, view.UserCount));
    }

    [Fact]
    public async Task With_auto_response_off_messages_are_kept_and_not_answered()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct, """{"auto_response":false}""");
        var contact = stage.Page.AddContact("Carla");

        await contact.SendTextAsync("hello", ct: Ct);

        await stage.Host.Events.WaitForAsync(IntegrationEventKind.MessageReceived, Ct);
        await Eventually.HoldsAsync(() => stage.MessagesAsync(key, Ct), messages => messages.Count == 1 && messages[0].State != MessageState.Pending, Ct);
        Assert.Empty(stage.Host.Agent.Asked);
        Assert.Empty(contact.Received);
    }

    [Fact]
    public async Task Standby_and_what_people_write_in_the_inbox_is_never_answered()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");

        await contact.SendOnStandbyAsync("to the other app", ct: Ct);
        await stage.Page.SendFromInboxAsync(contact, "a person answers", Ct);
        await contact.SendTextAsync("to us", ct: Ct);
        await stage.SentAsync(1, Ct);

        Assert.Equal(["to us"], stage.Host.Agent.Asked.Select(context => context.Event.Text));
        Assert.Equal("echo: to us", Assert.Single(contact.Received).Text);
    }
}
