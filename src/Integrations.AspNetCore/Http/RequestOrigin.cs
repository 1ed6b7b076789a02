using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Whether a form was sent by one of our own pages.</summary>
internal static class RequestOrigin
{
    /// <summary>Browsers set these headers and pages cannot. A request with neither is no browser's, or too old a browser's: refused.</summary>
    public static bool IsOurs(HttpRequest request, PublicSite site)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var fetchSite))
            return fetchSite == "same-origin";
        return string.Equals(request.Headers.Origin.ToString(), site.Origin, StringComparison.OrdinalIgnoreCase);
    }
}
