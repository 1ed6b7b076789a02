using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Integrations.Testing.Tests;

public sealed class LifecycleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_seed_gives_the_same_ids_and_another_seed_others()
    {
        await using var first = await MetaSimulator.StartAsync(ct: Ct);
        await using var second = await MetaSimulator.StartAsync(ct: Ct);
        await using var third = await MetaSimulator.StartAsync(new MetaSimulatorOptions { Seed = 2 }, Ct);

        var ids = new[] { first, second, third }.Select(meta => meta.AddUser("Ada").Id).ToArray();

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.NotEqual(first.GraphBaseUri, second.GraphBaseUri);
    }

    [Fact]
    public async Task Webhooks_travel_over_real_sockets_and_stopping_does_not_wait_for_a_hanging_host()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var host = builder.Build();
        var reached = new TaskCompletionSource();
        host.MapGet("/hook", (HttpContext http) => http.Request.Query["hub.challenge"].ToString());
        host.MapPost("/hook", async (HttpContext http) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        });
        await host.StartAsync(Ct);

        var meta = await MetaSimulator.StartAsync(ct: Ct);
        var ada = meta.AddUser("Ada");
        var page = meta.AddPage("Page", ada);
        await meta.SetWebhookAsync(new Uri(host.Urls.First() + "/hook"), "any", Ct);
        await ConnectAsync(meta, ada);
        var sending = page.AddContact("Grace").SendTextAsync("hi", ct: Ct);
        await reached.Task.WaitAsync(Ct);

        await meta.DisposeAsync();

        Assert.Null((await sending).Delivery?.Status);
    }

    [Fact]
    public async Task Refused_connection_is_a_failed_delivery()
    {
        await using var meta = await MetaSimulator.StartAsync(ct: Ct);
        var ada = meta.AddUser("Ada");
        var page = meta.AddPage("Page", ada);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var gone = builder.Build();
        gone.Urls.Add("http://127.0.0.1:0");
        gone.MapGet("/hook", (HttpContext http) => http.Request.Query["hub.challenge"].ToString());
        await gone.StartAsync(Ct);
        await meta.SetWebhookAsync(new Uri(gone.Urls.First() + "/hook"), "any", Ct);
        await ConnectAsync(meta, ada);
        await gone.DisposeAsync();

        var sent = await page.AddContact("Grace").SendTextAsync("hi", ct: Ct);

        Assert.Equal((null, "HttpRequestException"), (sent.Delivery!.Status, sent.Delivery.Failure));
    }

    [Fact]
    public async Task Page_id_is_made_of_digits()
    {
        await using var meta = await MetaSimulator.StartAsync(ct: Ct);

        Assert.Throws<ArgumentException>(() => meta.AddPage("Page", meta.AddUser("Ada"), "ANALYZE"));
    }

    [Fact]
    public async Task Control_pages_answer_beside_the_graph_api()
    {
        await using var meta = await MetaSimulator.StartAsync(new MetaSimulatorOptions
        {
            ControlPages = async (simulator, http) =>
            {
                if (http.Request.Path != "/hello")
                    return false;
                await http.Response.WriteAsync(simulator.AppId);
                return true;
            },
        }, Ct);
        using var http = new HttpClient { BaseAddress = meta.GraphBaseUri };

        Assert.Equal(meta.AppId, await http.GetStringAsync(new Uri("/hello", UriKind.Relative), Ct));
        using var other = await http.GetAsync(new Uri("/other", UriKind.Relative), Ct);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, other.StatusCode);
    }

    private static async Task ConnectAsync(MetaSimulator meta, SimulatedUser user)
    {
        const string Redirect = "http://127.0.0.1:9/callback";
        using var http = new HttpClient { BaseAddress = meta.GraphBaseUri };
        var url = new Uri(meta.DialogBaseUri, string.Create(CultureInfo.InvariantCulture,
            $"/v26.0/dialog/oauth?client_id={meta.AppId}&redirect_uri={Redirect}&state=s&scope=pages_show_list,pages_manage_metadata,pages_messaging"));
        var callback = await meta.ConsentAsync(url, user, ct: Ct);
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(callback.Query)["code"];
        await http.GetAsync(new Uri($"/v26.0/oauth/access_token?client_id={meta.AppId}&client_secret={meta.AppSecret}&redirect_uri={Redirect}&code={code}", UriKind.Relative), Ct);
        var userToken = meta.IssuedTokens[0].Value;
        await http.GetAsync(new Uri($"/v26.0/me/accounts?access_token={userToken}&appsecret_proof={Proof(meta, userToken)}", UriKind.Relative), Ct);
        var pageToken = meta.IssuedTokens[1].Value;
        var path = $"/v26.0/me/subscribed_apps?subscribed_fields=messages&access_token={pageToken}&appsecret_proof={Proof(meta, pageToken)}";
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null, Ct);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static string Proof(MetaSimulator meta, string token) => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(meta.AppSecret), System.Text.Encoding.UTF8.GetBytes(token)));
}

public sealed class ParallelDeliveryTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        WebhookParallelism = 4,
    };

    [Fact]
    public async Task Several_posts_can_be_under_way_at_once()
    {
        await DeployAsync();
        var arrived = 0;
        var all = new TaskCompletionSource();
        Callback.BeforeAnswer = () =>
        {
            if (Interlocked.Increment(ref arrived) == 4)
                all.TrySetResult();
            return all.Task;
        };

        // Nobody is answered before all four have arrived: with one POST at a time this would never end.
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Page.AddContact($"Contact {i}").SendTextAsync("hi", ct: Ct))).WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.All(sent, occurrence => Assert.True(occurrence.Delivery!.Succeeded));
    }
}
