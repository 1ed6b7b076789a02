using Integrations;
using Integrations.Testing;
using QuickStart.Cast;
using QuickStart.Telling;

namespace QuickStart;

/// <summary>The same job for an Instagram account that logs in by itself: no Page, and a token of 60 days that renews itself.</summary>
internal static class InstagramStory
{
    public static async Task TellAsync(Story story, string folder)
    {
        await story.SayAsync("Integrations on Instagram: an account logs in, deploys an agent, and direct messages are answered.");
        var clock = new MovableClock();
        await using var meta = await story.StepAsync("A simulator of Meta starts",
            ct => MetaSimulator.StartAsync(new MetaSimulatorOptions { TimeProvider = clock }, ct),
            started => $"Instagram's dialog at {started.InstagramDialogBaseUri}, its Graph API at {started.InstagramGraphBaseUri}");
        var shop = meta.AddInstagramAccount("annas_bakery");

        var address = LoopbackPort.FindAddress();
        await using var host = await story.StepAsync("The host starts, with an empty SQLite file",
            ct => DemoHost.StartAsync(address, meta, folder, clock, ct), _ => $"listening on {address}");
        var desk = new Desk(host);
        using var browser = new Browser(address);
        await story.StepAsync("Meta verifies the host's webhook address", ct =>
            meta.SetInstagramWebhookAsync(new Uri(address, "/integrations/instagram/webhook"), DemoHost.VerifyToken, ct));

        await ConnectAsync(story, desk, browser, shop);
        await story.StepAsync("She deploys the agent to Instagram", async ct =>
        {
            var channel = new { type = "instagram", details = new { welcome_message = "Welcome to the bakery!" } };
            var answer = await browser.CallAsync("deploy", new { chat_id = Owner.ChatId, channels = new[] { channel } }, ct);
            Story.Check((string?)answer["channels"]![0]!["status"] == "live", "the channel is live");
            return shop.SubscribedFields;
        }, fields => $"live; the account is subscribed to {fields.Count} webhook fields");

        var dan = shop.AddContact("dan.writes");
        await story.StepAsync("Dan writes \"Do you have rye bread?\" and the agent answers", async ct =>
        {
            await dan.SendTextAsync("Do you have rye bread?", ct: ct);
            await shop.WaitForMessagesAsync(2, ct);
            return dan.Received;
        }, seen => string.Join('\n', seen.Where(sent => sent.Text is not null).Select(sent => $"Dan sees: {sent.Text}")));

        await RefreshAsync(story, desk, clock, meta, dan);
        await story.StepAsync("The host stops", host.StopAsync);
    }

    private static async Task ConnectAsync(Story story, Desk desk, Browser browser, SimulatedInstagramAccount shop)
    {
        var dialog = await story.StepAsync("Anna signs in at the host and presses Connect", async ct =>
        {
            await browser.SubmitAsync(new Uri("/sign-in", UriKind.Relative), [], ct);
            return (await browser.OpenAsync($"/integrations/instagram/connect?chat_id={Owner.ChatId}&return_path=/extensions", ct)).MustRedirect();
        }, uri => $"her browser is sent to {uri.GetLeftPart(UriPartial.Path)}");

        await story.StepAsync("She allows it as @annas_bakery, and the host exchanges the code for a token of 60 days", async ct =>
        {
            var callback = await ConsentPage.ContinueAsync(browser, dialog, shop.Id, ct);
            var landed = (await browser.OpenAsync(callback, ct)).MustRedirect();
            Story.Check(landed.PathAndQuery.StartsWith("/extensions?integration=connected", StringComparison.Ordinal), "she lands on /extensions as connected");
            return await desk.Events.NextAsync(IntegrationEventKind.Connected, ct);
        }, told => $"connected to \"{told.AccountName}\" as integration {told.Key.IntegrationId}");
    }

    private static async Task RefreshAsync(Story story, Desk desk, MovableClock clock, MetaSimulator meta, SimulatedInstagramContact dan)
    {
        var first = await desk.TokenAsync(CancellationToken.None);
        await story.StepAsync("The token is younger than 24 hours: Instagram would refuse to refresh it, so nobody asks", _ =>
        {
            Story.Check(meta.CountOf("ig_refresh_token") == 0, "no refresh was tried");
            return Task.CompletedTask;
        });

        await story.StepAsync("55 days pass (the clock is moved), the token is due, and Dan writes again", async ct =>
        {
            clock.Advance(TimeSpan.FromDays(55));
            await dan.SendTextAsync("And today?", ct: ct);
            await dan.Account.WaitForMessagesAsync(3, ct);
            var renewed = await desk.TokenAsync(ct);
            Story.Check(renewed.Version == first.Version + 1 && renewed.Token != first.Token, "exactly one new token is stored");
            return renewed;
        }, renewed => $"refreshed and stored (version {first.Version} -> {renewed.Version}), then the answer left with the new one");
    }
}
