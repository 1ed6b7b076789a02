using System.Net;
using System.Text.Json;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>The diagnosis of the management API, asked by somebody who clicks and clicks.</summary>
public sealed class DiagnosisLimitTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task Two_calls_at_once_and_a_third_after_them_make_one_set_of_platform_calls()
    {
        await using var stage = await SetAsync();
        var key = await stage.GoLiveAsync(Ct);
        using var anna = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        using var other = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        string[] asked = ["debug_token", "GET me/accounts", "GET subscribed_apps"];
        var before = asked.Select(stage.Meta.CountOf).ToList();
        var gate = stage.Meta.HoldNextAnswer("debug_token");

        var first = AskAsync(anna, key);
        await gate.Reached;
        var second = AskAsync(other, key);
        gate.Release();
        var (one, two, three) = (await first, await second, await AskAsync(anna, key));

        Assert.Equal(before.Select(count => count + 1), asked.Select(stage.Meta.CountOf));
        Assert.Equal(one.GetProperty("checked_at").GetString(), two.GetProperty("checked_at").GetString());
        Assert.Equal(one.GetProperty("checked_at").GetString(), three.GetProperty("checked_at").GetString());
        Assert.Contains(one.GetProperty("checks").EnumerateArray(), c => c.GetProperty("code").GetString() == "token" && c.GetProperty("status").GetString() == "ok");
    }

    [Fact]
    public async Task A_pause_is_seen_at_once_and_another_client_sees_nothing()
    {
        await using var stage = await SetAsync();
        var key = await stage.GoLiveAsync(Ct);
        using var anna = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        await AskAsync(anna, key);
        using var ben = await stage.Host.OpenBrowserAsync(Person.Ben, Ct);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.ApiAsync(HttpMethod.Get, $"/integrations/{key.IntegrationId}/diagnosis", Ct)).Status);

        await anna.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/pause", Ct);

        var state = (await AskAsync(anna, key)).GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "state");
        Assert.Contains("not live", state.GetProperty("evidence").GetString(), StringComparison.Ordinal);
    }

    // An hour: what a slow machine takes must not end it.
    private static Task<Stage> SetAsync() =>
        Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Runtime = o => o.DiagnosisReuse = TimeSpan.FromHours(1) });

    private static async Task<JsonElement> AskAsync(Browser browser, IntegrationKey key)
    {
        var (status, body) = await browser.ApiAsync(HttpMethod.Get, $"/integrations/{key.IntegrationId}/diagnosis", Ct);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }
}
