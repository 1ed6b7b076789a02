using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ScriptTests
{
    private const string Address = "/integrations/widget/v1/widget.js";

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task The_script_comes_compressed_as_the_browser_takes_it(string? encoding)
    {
        await using var host = await WidgetHost.StartAsync();
        var response = await GetAsync(host, Address, encoding);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("*", "cross-origin", "nosniff"), (Header(response, "Access-Control-Allow-Origin"), Header(response, "Cross-Origin-Resource-Policy"), Header(response, "X-Content-Type-Options")));
        Assert.Equal("public, stale-while-revalidate=86400, max-age=300", response.Headers.CacheControl!.ToString().Replace("max-age=300, stale-while-revalidate=86400", "stale-while-revalidate=86400, max-age=300", StringComparison.Ordinal));
        Assert.Equal(WidgetResource.Script.Content.ToArray(), await PlainAsync(response, encoding));
        var again = await GetAsync(host, Address, encoding, response.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_pinned_script_never_changes_and_fits_its_hash()
    {
        await using var host = await WidgetHost.StartAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(WidgetResource.Script.Content.Span))[..16];
        var response = await GetAsync(host, $"/integrations/widget/v1/widget-{hash}.js", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "/integrations/widget/v1/widget-0123456789abcdef.js", null)).StatusCode);
        Assert.False((await GetAsync(host, "/integrations/widget/v2/widget.js", null)).IsSuccessStatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(WidgetHost host, string address, string? encoding, EntityTagHeaderValue? known = null)
    {
        using var client = host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (encoding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request, WidgetHost.Ct);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static async Task<byte[]> PlainAsync(HttpResponseMessage response, string? encoding)
    {
        await using var body = await response.Content.ReadAsStreamAsync(WidgetHost.Ct);
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var content = new MemoryStream();
        await plain.CopyToAsync(content, WidgetHost.Ct);
        return content.ToArray();
    }
}
