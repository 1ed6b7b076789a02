using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.AspNetCore.Tests;

/// <summary>With the real runtime behind the endpoints, in memory.</summary>
public sealed partial class WholeFlowTests
{
    private static readonly (string, string) SameOrigin = ("Sec-Fetch-Site", "same-origin");

    [Fact]
    public async Task A_person_connects_chooses_on_the_page_and_sees_the_integration()
    {
        await using var app = await StartAsync();
        using var ann = Person(app, "ann");
        var cookies = new Dictionary<string, string>();

        var start = await SendAsync(ann, cookies, HttpMethod.Get, $"/integrations/two-pages/connect?chat_id={TestApp.ChatId}&return_path=/agents");
        var callback = $"/integrations/two-pages/callback?code=c&state={State().Match(start.Location()).Groups[1].Value}";
        var back = await SendAsync(ann, cookies, HttpMethod.Get, callback);
        var page = await SendAsync(ann, cookies, HttpMethod.Get, back.Location());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("> Two<", await page.TextAsync(), StringComparison.Ordinal);

        var chosen = await SendAsync(ann, cookies, HttpMethod.Post, back.Location(), new FormUrlEncodedContent([KeyValuePair.Create("account_id", "2")]));
        Assert.StartsWith("/agents?integration=connected&integration_id=", chosen.Location(), StringComparison.Ordinal);
        Assert.DoesNotContain(cookies.Keys, name => name.Contains("choice", StringComparison.Ordinal));

        var items = (await (await ann.GetPageAsync("/integrations/api/integrations")).JsonAsync()).GetProperty("items");
        var item = Assert.Single(items.EnumerateArray());
        Assert.Equal("connected", item.GetProperty("state").GetString());
        Assert.Equal("Page 2", item.GetProperty("account_name").GetString());
        Assert.DoesNotContain("-token", items.GetRawText(), StringComparison.Ordinal);

        Assert.Contains("state_replayed", await (await SendAsync(ann, cookies, HttpMethod.Get, callback)).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_browser_another_person_and_another_clients_list_get_nowhere()
    {
        await using var app = await StartAsync();
        using var ann = Person(app, "ann");
        using var bob = Person(app, "bob");
        using var other = Person(app, "ann", TestApp.ChatId);
        foreach (var (person, keepsCookies, reason) in new[] { (ann, false, "browser_mismatch"), (bob, true, "user_mismatch") })
        {
            var cookies = new Dictionary<string, string>();
            var start = await SendAsync(ann, cookies, HttpMethod.Get, $"/integrations/two-pages/connect?chat_id={TestApp.ChatId}");
            if (!keepsCookies)
                cookies.Clear();
            var back = await SendAsync(person, cookies, HttpMethod.Get, $"/integrations/two-pages/callback?code=c&state={State().Match(start.Location()).Groups[1].Value}");
            Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
            Assert.Contains(reason, await back.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await (await other.GetPageAsync("/integrations/api/integrations")).JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Types_are_installed_coming_soon_or_unknown()
    {
        await using var app = await StartAsync();
        using var ann = Person(app, "ann");
        Assert.Equal(HttpStatusCode.OK, (await ann.PostJsonAsync("/integrations/two-pages/webhook", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.PostJsonAsync("/integrations/telegram/webhook", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await ann.GetPageAsync($"/integrations/telegram/connect?chat_id={TestApp.ChatId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetPageAsync($"/integrations/unheard-of/connect?chat_id={TestApp.ChatId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.PostJsonAsync($"/integrations/api/integrations/{TestApp.IntegrationId}/pause", "")).StatusCode);
    }

    [Fact]
    public async Task A_person_types_a_token_is_told_when_it_is_wrong_and_sees_the_integration_when_it_is_right()
    {
        using var log = new CapturedLog();
        await using var app = await StartAsync(log);
        using var ann = Person(app, "ann");
        using var other = Person(app, "ann", TestApp.ChatId);
        ann.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var form = await ShownForm.OpenAsync(ann, $"/integrations/chirp/connect?chat_id={TestApp.ChatId}&return_path=/agents");
        var wrong = await form.SendAsync(ann, ("token", ChirpProvider.BadToken), ("host", "chirp.example"));
        var empty = await form.SendAsync(ann, ("token", "  "), ("host", "chirp.example"));
        var right = await form.SendAsync(ann, ("token", ChirpProvider.GoodToken), ("host", "chirp.example"));

        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Contains("Chirp does not know this token.", await wrong.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Fill in: Access token.", await empty.TextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("/agents?integration=connected&integration_id=", right.Location(), StringComparison.Ordinal);
        var items = (await (await ann.GetPageAsync("/integrations/api/integrations")).JsonAsync()).GetProperty("items");
        Assert.Equal("The bakery", Assert.Single(items.EnumerateArray()).GetProperty("account_name").GetString());
        Assert.Equal(0, (await (await other.GetPageAsync("/integrations/api/integrations")).JsonAsync()).GetProperty("items").GetArrayLength());

        Assert.NotEmpty(log.Entries);
        foreach (var text in (string[])[await wrong.TextAsync(), items.GetRawText(), .. log.Entries.Select(e => e.Text)])
        {
            Assert.DoesNotContain(ChirpProvider.GoodToken, text, StringComparison.Ordinal);
            Assert.DoesNotContain(ChirpProvider.BadToken, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("telegram", "Telegram is coming soon. It cannot be connected yet.")]
    [InlineData("facebook", "Facebook Messenger is not available here: whoever runs this site has not installed it.")]
    public async Task A_type_that_cannot_be_connected_here_is_told_to_the_person_who_sees_it(string type, string text)
    {
        await using var app = await StartAsync();
        using var ann = Person(app, "ann");
        ann.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var html = await (await ann.GetPageAsync($"/integrations/{type}/connect?chat_id={TestApp.ChatId}")).TextAsync();
        Assert.Contains($"<p>{text}</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("egister", html, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(CapturedLog? log = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", null);
        builder.Services.AddAuthorization();
        builder.Services.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://chat.example.com");
            o.RunWorkers = false;
        }).AddProvider<TwoPagesProvider>().AddProvider<ChirpProvider>();
        var app = builder.Build();
        app.MapIntegrations();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static HttpClient Person(WebApplication app, string user, Guid? client = null)
    {
        var http = app.GetTestClient();
        http.DefaultRequestHeaders.Add(TestAuthentication.Header, $"{client ?? TestApp.ClientId};{user}");
        return http;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Dictionary<string, string> cookies, HttpMethod method, string path, HttpContent? content = null)
    {
        var response = await client.SendAsync(method, path, content, SameOrigin, ("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"))));
        foreach (var pair in response.SetCookies().Select(c => c.Split(';')[0].Split('=', 2)))
        {
            cookies[pair[0]] = pair[1];
            if (pair[1].Length == 0)
                cookies.Remove(pair[0]);
        }

        return response;
    }

    [GeneratedRegex("state=([^&]+)")]
    private static partial Regex State();
}
