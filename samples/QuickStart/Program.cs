// The whole job in one process: a host with SQLite, a simulator of Meta's Graph API, and a browser between them.
// "dotnet run -- instagram" tells the short story of an Instagram account instead. Everything goes over real HTTP on loopback ports. Each step waits for what it claims; if it does not come, the program says so and fails.
using Integrations;
using Integrations.Testing;
using QuickStart;
using QuickStart.Cast;
using QuickStart.Telling;

var story = new Story(Console.Out);
var folder = Directory.CreateTempSubdirectory("integrations-quickstart-").FullName;
try
{
    if (args is ["instagram"])
        await InstagramStory.TellAsync(story, folder);
    else
        await TellAsync();
    return 0;
}
catch (StepFailedException failed)
{
    Console.WriteLine();
    Console.Error.WriteLine(failed.Message);
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task TellAsync()
{
    await story.SayAsync("Integrations, the whole job: a client connects a Facebook Page, deploys an agent, and contacts are answered.");
    var clock = new MovableClock();

    await using var meta = await story.StepAsync("A simulator of Meta starts",
        ct => MetaSimulator.StartAsync(new MetaSimulatorOptions { TimeProvider = clock }, ct),
        started => $"Graph API and consent dialog at {started.GraphBaseUri}");
    var anna = meta.AddUser("Anna Baker");
    var bakery = meta.AddPage("Anna's Bakery", anna);
    meta.AddPage("Anna's Café", anna);

    var address = LoopbackPort.FindAddress();
    await using var host = await story.StepAsync("The host starts, with an empty SQLite file",
        ct => DemoHost.StartAsync(address, meta, folder, clock, ct),
        _ => $"listening on {address}");
    var desk = new Desk(host);
    using var browser = new Browser(address);

    await story.StepAsync("Meta verifies the host's webhook address", ct =>
        meta.SetWebhookAsync(new Uri(address, "/integrations/facebook/webhook"), DemoHost.VerifyToken, ct));

    await story.SayAsync("\nConnect");
    await ConnectAsync(desk, meta, browser, anna, bakery);

    await story.SayAsync("\nDeploy and answer");
    await story.StepAsync("She deploys the agent to the Page", async ct =>
    {
        var channel = new { type = "facebook", details = new { welcome_message = "Welcome to the bakery!", notification_email = "anna@example.com" } };
        var answer = await browser.CallAsync("deploy", new { chat_id = Owner.ChatId, channels = new[] { channel } }, ct);
        Story.Check((string?)answer["channels"]![0]!["status"] == "live", "the channel is live");
        Story.Check(bakery.SubscribedFields.Contains("messages"), "the Page delivers messages to the app");
        return bakery.SubscribedFields;
    }, fields => $"live; the Page is subscribed to {fields.Count} webhook fields");

    var carla = bakery.AddContact("Carla");
    await story.StepAsync("Someone posts a webhook with a forged signature", async ct =>
    {
        var status = await meta.Webhooks.PostRawAsync("""{"object":"page","entry":[]}""", "sha256=" + new string('0', 64), ct);
        Story.Check(status == 401, "it is refused with 401");
        return status;
    }, status => $"refused with {status}");

    await story.StepAsync("Carla writes \"Are you open on Sunday?\" and Meta posts the signed webhook", async ct =>
    {
        var delivery = (await carla.SendTextAsync("Are you open on Sunday?", ct: ct)).Delivery;
        Story.Check(delivery is { Succeeded: true }, "the webhook is answered with 200");
        return delivery!;
    }, delivery => $"verified over its raw bytes, stored, answered with {delivery.Status}");

    await story.StepAsync("The agent answers", ct => bakery.WaitForMessagesAsync(2, ct), _ => WhatSheSaw(carla));

    await story.SayAsync("\nKeep the token fresh");
    var present = await desk.TokenAsync(CancellationToken.None);
    await story.StepAsync("55 days pass (the clock is moved), the token is due, and Carla writes again", async ct =>
    {
        clock.Advance(TimeSpan.FromDays(55));
        await carla.SendTextAsync("And today?", ct: ct);
        await bakery.WaitForMessagesAsync(3, ct);
        var renewed = await desk.TokenAsync(ct);
        Story.Check(renewed.Version == present.Version + 1 && renewed.Token != present.Token, "exactly one new token is stored");
        return renewed;
    }, renewed => $"refreshed and stored (version {present.Version} -> {renewed.Version}), then the answer left with the new one");

    await story.SayAsync("\nFailure 1: Meta takes a message, and the connection breaks before it says so");
    await story.StepAsync("The answer to a send is lost on the way", async ct =>
    {
        meta.Webhooks.Hold(); // the echo must not come before we have looked
        meta.DropNextAnswer();
        Story.Check((await desk.SendAsync(carla.Id, "We have rye bread today.", ct)).Succeeded, "the message is queued");
        return await desk.LatestSendAsync(MessageState.Unknown, ct);
    }, message => $"kept as unknown, not sent again: {message.LastError}");

    await story.StepAsync("Meta's echo of the message arrives and settles it", async ct =>
    {
        await meta.Webhooks.ReleaseAsync(ct: ct);
        await desk.LatestSendAsync(MessageState.Done, ct);
        Story.Check(carla.Received.Count(sent => sent.Text == "We have rye bread today.") == 1, "Carla got it exactly once");
        return true;
    }, _ => "Carla got it exactly once");

    await story.SayAsync("\nFailure 2: Anna removes the app in her Facebook settings");
    await story.StepAsync("The next send is refused, and the host is told once", async ct =>
    {
        anna.RevokeConsent();
        await desk.SendAsync(carla.Id, "See you tomorrow!", ct);
        return await desk.Events.NextAsync(IntegrationEventKind.ReconnectRequired, ct);
    }, told => $"\"{told.AccountName}\" must be connected again; tell {told.NotificationEmail}: {told.Error}");

    await ReconnectAsync(desk, browser, anna);
    var dan = bakery.AddContact("Dan");
    await story.StepAsync("It is live again by itself: Dan writes and is answered", async ct =>
    {
        await dan.SendTextAsync("Hello?", ct: ct);
        await meta.WaitForAsync(_ => dan.Received.Count == 2, ct: ct);
        var view = await desk.IntegrationAsync(ct);
        Story.Check(view is { IsActive: true, State: ConnectionState.Connected, LastError: null }, "the integration is active, without an error");
        return view;
    }, _ => WhatSheSaw(dan));

    await story.StepAsync("What waited for the reconnect arrives too", ct =>
        meta.WaitForAsync(_ => carla.Received.Any(sent => sent.Text == "See you tomorrow!"), ct: ct));

    await story.SayAsync("\nThe row of the integrations table");
    await story.StepAsync("It is read with plain SQL", ct => IntegrationRow.ReadAsync(folder, ct),
        row => string.Join('\n', row.Select(field => $"{field.Column,-20} {field.Value}")));
    await story.StepAsync("The host stops", host.StopAsync);
}

async Task ConnectAsync(Desk desk, MetaSimulator meta, Browser browser, SimulatedUser anna, SimulatedPage page)
{
    var callback = await ConsentAsync(browser, anna);
    var choice = await story.StepAsync("The host exchanges the code for a long-lived token and lists the Pages",
        async ct => (await browser.OpenAsync(callback, ct)).MustRedirect(),
        uri => $"two Pages: {uri.AbsolutePath} asks which one");

    await story.StepAsync($"She chooses {page.Name}", async ct =>
    {
        var told = await LandAsync(desk, (await browser.SubmitAsync(choice, [new("account_id", page.Id)], ct)).MustRedirect(), ct);
        Story.Check(meta.IssuedTokens.Any(token => token.PageId == page.Id && token is { IsLongLived: true, ExpiresAt: null }), "a Page token without an end is in use");
        return told;
    }, told => $"connected to \"{told.AccountName}\" as integration {told.Key.IntegrationId}");
}

async Task ReconnectAsync(Desk desk, Browser browser, SimulatedUser anna)
{
    var callback = await ConsentAsync(browser, anna);
    await story.StepAsync("The host finds the Page it knows among hers and asks nothing",
        async ct => await LandAsync(desk, (await browser.OpenAsync(callback, ct)).MustRedirect(), ct),
        told => $"\"{told.AccountName}\" is healed in place: still integration {told.Key.IntegrationId}");
}

async Task<Uri> ConsentAsync(Browser browser, SimulatedUser anna)
{
    var dialog = await story.StepAsync("Anna signs in at the host and presses Connect", async ct =>
    {
        await browser.SubmitAsync(new Uri("/sign-in", UriKind.Relative), [], ct);
        return (await browser.OpenAsync($"/integrations/facebook/connect?chat_id={Owner.ChatId}&return_path=/extensions", ct)).MustRedirect();
    }, uri => $"her browser is sent to {uri.GetLeftPart(UriPartial.Path)}");

    return await story.StepAsync("She consents on the dialog, to both of her Pages",
        ct => ConsentPage.ContinueAsync(browser, dialog, anna.Id, ct),
        uri => $"her browser comes back to {uri.AbsolutePath} with a code");
}

async Task<IntegrationEvent> LandAsync(Desk desk, Uri landed, CancellationToken ct)
{
    Story.Check(landed.PathAndQuery.StartsWith("/extensions?integration=connected", StringComparison.Ordinal), "she lands on /extensions as connected");
    return await desk.Events.NextAsync(IntegrationEventKind.Connected, ct);
}

string WhatSheSaw(SimulatedContact contact) => string.Join('\n',
    contact.Received.Where(sent => sent.Text is not null).Select(sent => $"{contact.FirstName} sees: {sent.Text}"));
