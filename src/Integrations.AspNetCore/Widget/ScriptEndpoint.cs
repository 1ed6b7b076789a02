using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Integrations.AspNetCore;

/// <summary>Serves the script: under a name that stays, for five minutes; under a name with its hash, for ever.</summary>
internal sealed class ScriptEndpoint(WidgetScript script)
{
    private readonly ScriptFile _file = new(script);

    public async Task HandleAsync(HttpContext http, string file)
    {
        var response = http.Response;
        var isPinned = file == _file.PinnedName;
        if (!isPinned && file != ScriptFile.FloatingName)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (bytes, encoding) = Choose(http.Request);
        var tag = $"\"{_file.Hash}{(encoding is null ? "" : $"-{encoding}")}\"";
        var headers = response.Headers;
        headers.CacheControl = isPinned ? "public, max-age=31536000, immutable" : "public, max-age=300, stale-while-revalidate=86400";
        headers.ETag = tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.AccessControlAllowOrigin = "*"; // SRI needs to read it
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.XContentTypeOptions = "nosniff";
        if (http.Request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim() is var known && (known == tag || known == "W/" + tag)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (encoding is not null)
            headers.ContentEncoding = encoding;
        response.ContentType = "text/javascript; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private (byte[] Bytes, string? Encoding) Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        bool Takes(string name) => accepted.Any(a => a.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && a.Quality is null or > 0);
        return Takes("br") ? (_file.Brotli, "br") : Takes("gzip") ? (_file.Gzip, "gzip") : (_file.Content, null);
    }
}
