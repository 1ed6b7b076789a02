using System.Net;
using System.Text.Json.Nodes;
using Integrations.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class UploadTests : IDisposable
{
    // PNG: https://www.w3.org/TR/png-3/#5PNG-file-signature
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];
    private readonly TempFolder _folder = new();

    private string Root => _folder.File("uploads");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_picture_reaches_the_agent_and_its_visitor_and_cannot_do_anything_in_a_browser()
    {
        var agent = new Listener();
        await using var host = await StartAsync(services: s => s.AddSingleton<IMessageHandler>(agent));
        using var browser = await host.VisitAsync();
        var id = await SendAsync(browser, "../../a.png", "image/png", Png);
        Assert.Equal(HttpStatusCode.Created, (await browser.PostAsync("messages", Message(id))).StatusCode);

        var heard = Assert.Single((await agent.Heard.Task.WaitAsync(EventTap.Patience, WidgetHost.Ct)).Attachments);
        Assert.Equal(("image", "a.png", id), (heard.Type, heard.Title, heard.PlatformId));
        var shown = (await WidgetBrowser.JsonAsync(await browser.GetAsync("messages")))["messages"]![0]!["attachments"]![0]!;
        foreach (var address in new[] { heard.Url!, (string)shown["url"]! })
        {
            var file = await host.NewClient().GetAsync(new Uri(address), WidgetHost.Ct);
            Assert.Equal(Png, await file.Content.ReadAsByteArrayAsync(WidgetHost.Ct));
            Assert.Equal("image/png", file.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_no_picture_is_only_ever_downloaded()
    {
        await using var host = await StartAsync(o => o.Types.Add("text/html"));
        using var browser = await host.VisitAsync();
        var id = await SendAsync(browser, "a.html", "text/html", "<script>alert(1)</script>"u8.ToArray());
        await browser.PostAsync("messages", Message(id));
        var file = await host.NewClient().GetAsync(new Uri(await AddressAsync(browser)), WidgetHost.Ct);
        Assert.Equal(("application/octet-stream", "attachment", "a.html"), (file.Content.Headers.ContentType!.MediaType,
            file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName));
    }

    [Fact]
    public async Task What_is_not_what_was_announced_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        using var browser = await host.VisitAsync();
        foreach (var (why, bytes, expected) in new[]
        {
            ("no png", "<svg onload=alert(1)>"u8.ToArray(), HttpStatusCode.UnsupportedMediaType),
            ("shorter", Png[..9], HttpStatusCode.BadRequest),
            ("longer", [.. Png, .. new byte[20]], HttpStatusCode.BadRequest),
            ("nothing", [], HttpStatusCode.UnsupportedMediaType),
        })
        {
            var ticket = await AskAsync(browser, "a.png", "image/png", why == "no png" ? bytes.Length : Png.Length);
            Assert.True(expected == (await PutAsync(host, ticket, bytes)).StatusCode, why);
            Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(host, ticket, Png)).StatusCode); // used up
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("messages", Message((string)ticket["id"]!))).StatusCode);
        }

        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_address_is_good_once_for_one_file_and_for_writing_only()
    {
        await using var host = await StartAsync();
        using var browser = await host.VisitAsync();
        var ticket = await AskAsync(browser, "a.png", "image/png", Png.Length);
        var address = (string)ticket["url"]!;
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewClient().GetAsync(new Uri(address.Replace("/uploads/", "/files/", StringComparison.Ordinal)), WidgetHost.Ct)).StatusCode);
        foreach (var wrong in new[] { address[..^2] + (address[^2] == 'A' ? "BA" : "AA"), address[..(address.LastIndexOf('/') + 1)] + "..%2F..%2Fetc", address + "x" })
            Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(host, new JsonObject { ["url"] = wrong, ["headers"] = new JsonObject() }, Png)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(host, ticket, Png)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(host, ticket, Png)).StatusCode);
    }

    [Fact]
    public async Task Another_visitor_gets_no_file_whatever_id_they_give()
    {
        await using var host = await StartAsync();
        using var ann = await host.VisitAsync();
        using var bob = await host.VisitAsync();
        var id = await SendAsync(ann, "a.png", "image/png", Png);
        foreach (var guess in new[] { id, "../" + id, $"..%2F{id}", id.ToUpperInvariant(), "" })
            Assert.Equal(HttpStatusCode.BadRequest, (await bob.PostAsync("messages", Message(guess))).StatusCode);
        foreach (var guess in new[] { id, $"{id}.bin", "..%2f" + id })
            Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync("files/" + guess)).StatusCode);
    }

    [Fact]
    public async Task Addresses_run_out_and_visitors_get_new_ones()
    {
        await using var host = await StartAsync(o => o.DownloadLifetime = TimeSpan.FromSeconds(-1));
        using var browser = await host.VisitAsync();
        await browser.PostAsync("messages", Message(await SendAsync(browser, "a.png", "image/png", Png)));
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewClient().GetAsync(new Uri(await AddressAsync(browser)), WidgetHost.Ct)).StatusCode);
        await using var other = await StartAsync(o => o.UploadLifetime = TimeSpan.FromSeconds(-1));
        using var late = await other.VisitAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(other, await AskAsync(late, "a.png", "image/png", Png.Length), Png)).StatusCode);
        Assert.NotEqual(await AddressAsync(browser), await AddressAsync(browser));
    }

    [Fact]
    public async Task A_visitor_has_so_much_room_and_another_has_their_own()
    {
        await using var host = await StartAsync(o => o.MaxBytesPerVisitor = 2 * 64 * 1024);
        using var ann = await host.VisitAsync();
        using var bob = await host.VisitAsync();
        await SendAsync(ann, "a.png", "image/png", Png);
        await AskAsync(ann, "b.png", "image/png", Png.Length); // a promise counts
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await ann.PostAsync("uploads", About("c.png", "image/png", Png.Length))).StatusCode);
        await SendAsync(bob, "a.png", "image/png", Png);
    }

    [Fact]
    public async Task Files_go_with_their_contact_by_retention_and_with_the_integration()
    {
        await using var host = await StartAsync();
        using var ann = await host.VisitAsync();
        using var bob = await host.VisitAsync();
        var data = host.Services.GetRequiredService<IIntegrationData>();
        await SendAsync(ann, "a.png", "image/png", Png);
        await SendAsync(bob, "a.png", "image/png", Png);
        await data.EraseMessagesAsync(host.Key, TimeSpan.FromHours(1), WidgetHost.Ct);
        Assert.Equal(4, Files().Length); // each with what it is called
        await data.EraseContactAsync(host.Key, ann.VisitorId!, WidgetHost.Ct);
        Assert.Equal(2, Files().Length);
        await Task.Delay(5, WidgetHost.Ct); // older than now by the millisecond that names begin with
        await data.EraseMessagesAsync(host.Key, TimeSpan.Zero, WidgetHost.Ct);
        Assert.Empty(Files());
        await SendAsync(bob, "a.png", "image/png", Png);
        await data.RemoveIntegrationAsync(host.Key, WidgetHost.Ct);
        Assert.Empty(Files());
    }

    private Task<WidgetHost> StartAsync(Action<WidgetUploadOptions>? options = null, Action<IServiceCollection>? services = null) =>
        WidgetHost.StartAsync(configure: b => b.AddWidgetUploads(Root, options), services: services);

    private string[] Files() => Directory.Exists(Root) ? Directory.GetFiles(Root, "*", SearchOption.AllDirectories) : [];

    private static JsonObject About(string name, string type, long size) => new() { ["name"] = name, ["type"] = type, ["size"] = size };

    private static JsonObject Message(string upload) => new() { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "", ["attachments"] = new JsonArray(upload) };

    private static async Task<JsonObject> AskAsync(WidgetBrowser browser, string name, string type, long size)
    {
        var response = await browser.PostAsync("uploads", About(name, type, size));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await WidgetBrowser.JsonAsync(response);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, JsonObject ticket, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)ticket["url"]!) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("Origin", WidgetHost.Site);
        foreach (var (name, value) in ticket["headers"]!.AsObject())
            request.Content.Headers.TryAddWithoutValidation(name, (string?)value);
        return await client.SendAsync(request, WidgetHost.Ct);
    }

    private static async Task<string> SendAsync(WidgetBrowser browser, string name, string type, byte[] bytes)
    {
        var ticket = await AskAsync(browser, name, type, bytes.Length);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(browser.Client, ticket, bytes)).StatusCode);
        return (string)ticket["id"]!;
    }

    private static Task<HttpResponseMessage> PutAsync(WidgetHost host, JsonObject ticket, byte[] bytes) => PutAsync(host.NewClient(), ticket, bytes);

    private static async Task<string> AddressAsync(WidgetBrowser browser) =>
        (string)(await WidgetBrowser.JsonAsync(await browser.GetAsync("messages")))["messages"]![0]!["attachments"]![0]!["url"]!;

    private sealed class Listener : IMessageHandler
    {
        public TaskCompletionSource<InboundEvent> Heard { get; } = new();

        public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default)
        {
            Heard.TrySetResult(context.Event);
            return Task.FromResult(MessageReply.None);
        }
    }
}
