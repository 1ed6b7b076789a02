using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>What a widget looks like and says.</summary>
internal sealed class ConfigEndpoint(WidgetServer server)
{
    private const int MaxLocale = 35;

    public async Task<IResult> HandleAsync(HttpContext http, Guid id, [FromQuery(Name = "locale")] string? locale)
    {
        var (call, refusal) = await server.Gate.EnterAsync(http, id, mayBeRemembered: true);
        if (call is null)
            return refusal!;
        var config = WidgetConfig.Of(call.Site, IsLocale(locale) ? locale : null, server.Uploads);
        var tag = $"\"{config.Version}\"";
        http.Response.Headers.CacheControl = "public, max-age=60";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(config.Json, "application/json", Encoding.UTF8);
    }

    private static bool IsLocale(string? text) => text is { Length: > 0 and <= MaxLocale } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
