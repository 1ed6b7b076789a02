using System.Collections.Concurrent;
using System.Net;
using Integrations.EndToEnd.Tests.Secrets;
using Integrations.EndToEnd.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Connect;

public sealed class CallbackTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Parallel_callbacks_with_one_state_exchange_the_code_once(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.GoAsync(callback, Ct)));

        Assert.Equal(1, stage.Meta.CountOf("oauth/access_token:code"));
        Assert.Single(pages, page => page.Status == HttpStatusCode.SeeOther);
        Assert.Equal(7, pages.Count(page => page.Reason == "state_replayed"));
    }

    [Fact]
    public async Task Callback_with_reused_state_is_rejected_without_calling_the_platform()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);
        await browser.GoAsync(callback, Ct);

        await RejectedAsync(stage, "state_replayed", () => browser.GoAsync(callback, Ct));
    }

    [Fact]
    public async Task An_address_in_the_callback_does_not_decide_where_the_code_goes()
    {
        var called = new ConcurrentDictionary<string, bool>();
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings
        {
            Integrations = integrations => integrations.ConfigureFacebookHttpClient(http => http.AddHttpMessageHandler(() => new WireTap([], called))),
        });
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);

        var elsewhere = Uri.EscapeDataString("https://evil.example/token");
        var page = await browser.GoAsync(new Uri($"{callback}&token_endpoint={elsewhere}&redirect_uri={elsewhere}&iss={elsewhere}&location={elsewhere}"), Ct);

        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        Assert.DoesNotContain("evil", page.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal([stage.Meta.GraphBaseUri.GetLeftPart(UriPartial.Authority)], called.Keys);
    }

    [Fact]
    public async Task Callback_after_ten_minutes_is_rejected_without_calling_the_platform()
    {
        var clock = new ShiftedClock();
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Clock = clock });
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);
        clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        await RejectedAsync(stage, "state_expired", () => browser.GoAsync(callback, Ct));
    }

    [Fact]
    public async Task Callback_in_another_browser_is_rejected_and_uses_the_state_up()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        using var other = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);

        await RejectedAsync(stage, "browser_mismatch", () => other.GoAsync(callback, Ct));
        await RejectedAsync(stage, "state_replayed", () => browser.GoAsync(callback, Ct));
    }

    [Fact]
    public async Task Callback_in_a_browser_that_started_something_else_is_rejected()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        using var other = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);
        await other.StartConnectAsync(Person.Anna.ChatId, Ct);

        await RejectedAsync(stage, "browser_mismatch", () => other.GoAsync(callback, Ct));
    }

    [Fact]
    public async Task Callback_under_another_user_is_rejected_without_calling_the_platform()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);
        await browser.SignInAsync(Person.Ben, Ct);

        await RejectedAsync(stage, "user_mismatch", () => browser.GoAsync(callback, Ct));
    }

    [Fact]
    public async Task Callback_at_another_providers_path_is_rejected_without_calling_the_platform()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await ConsentAsync(stage, browser);
        var elsewhere = new Uri(callback.AbsoluteUri.Replace("/facebook/", "/instagram/", StringComparison.Ordinal));

        await RejectedAsync(stage, "type_mismatch", () => browser.GoAsync(elsewhere, Ct));
    }

    [Fact]
    public async Task Callback_with_a_state_never_issued_is_rejected_without_calling_the_platform()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        var invented = new Uri(stage.Host.Address, "/integrations/facebook/callback?code=abc&state=never-issued");

        await RejectedAsync(stage, "state_unknown", () => browser.GoAsync(invented, Ct));
    }

    [Fact]
    public async Task Pressing_cancel_uses_the_state_up_and_writes_nothing()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var back = await stage.Meta.DenyAsync(await browser.StartConnectAsync(Person.Anna.ChatId, Ct), Ct);

        await RejectedAsync(stage, "denied", () => browser.GoAsync(back, Ct));
        await RejectedAsync(stage, "state_replayed", () => browser.GoAsync(back, Ct));
    }

    private static async Task<Uri> ConsentAsync(Stage stage, Browser browser)
    {
        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        return await stage.Meta.ConsentAsync(dialog, stage.Owner, ct: Ct);
    }

    private static async Task RejectedAsync(Stage stage, string reason, Func<Task<Browser.Page>> callback)
    {
        var calls = stage.Meta.Requests.Count;
        var page = await callback();
        Assert.Equal(reason, page.Reason);
        Assert.Null(page.Location);
        Assert.Equal(calls, stage.Meta.Requests.Count);
    }
}
