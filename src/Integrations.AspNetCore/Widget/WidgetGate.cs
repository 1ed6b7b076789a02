using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Integrations.AspNetCore;

/// <summary>What every call of a widget must pass: the widget is live, the page may use it, and the visitor is who the token says.</summary>
internal sealed class WidgetGate(WidgetServer server)
{
    private const string Bearer = "Bearer ";
    private const string ExposedHeaders = "Retry-After";

    /// <summary>A call without a visitor: the configuration, a session.</summary>
    /// <returns>The call, or the answer to give instead.</returns>
    public async Task<(WidgetCall? Call, IResult? Refusal)> EnterAsync(HttpContext http, Guid id, bool mayBeRemembered)
    {
        var headers = http.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "no-store";
        var site = mayBeRemembered
            ? await server.Sites.FindAsync(id, http.RequestAborted)
            : await server.Sites.FindNowAsync(id, http.RequestAborted);
        var origin = http.Request.Headers.Origin.ToString();
        if (site is null)
        {
            // Nothing is told; but the page's script may read that.
            if (origin.Length > 0)
                headers.AccessControlAllowOrigin = origin;
            return (null, Refusals.UnknownWidget);
        }

        if (origin.Length == 0)
            // Browsers leave it out of reads by pages of the same origin only; what changes something always has it.
            return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
                ? (new WidgetCall { Site = site }, null)
                : (null, Refusals.ForeignOrigin);
        if (!WidgetOrigins.Allows(site.Settings.AllowedOrigins, origin, server.OwnOrigin))
        {
            Log.WidgetOriginRefused(server.Logger, origin, id);
            headers.AccessControlAllowOrigin = origin; // so that the page's script sees why, and nothing else
            return (null, Refusals.ForeignOrigin);
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = ExposedHeaders;
        return (new WidgetCall { Site = site, Origin = origin }, null);
    }

    /// <summary>A call with a visitor's token.</summary>
    public async Task<(WidgetCall? Call, IResult? Refusal)> EnterAsVisitorAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await EnterAsync(http, id, mayBeRemembered: false);
        if (call is null)
            return (null, refusal);
        var header = http.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
        if (server.Tokens.Read(token, id, call.Site.Settings.SessionEpoch, call.Origin) is not { } visitor)
            return (null, Refusals.NoSession);
        var conversation = await server.Conversations.FindAsync(call.Key, visitor.Id, http.RequestAborted);
        return visitor.IsOf(conversation)
            ? (new WidgetCall { Site = call.Site, Origin = call.Origin, Visitor = visitor, Conversation = conversation }, null)
            : (null, Refusals.NoSession);
    }

    /// <summary>Answers a browser's question before a call from another origin.</summary>
    public async Task<IResult> PreflightAsync(HttpContext http, Guid id)
    {
        var headers = http.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return Refusals.ForeignOrigin;
        // An unknown widget is let through: the call itself then says 404, which the widget can read and stop at.
        if (await server.Sites.FindAsync(id, http.RequestAborted) is { } site
            && !WidgetOrigins.Allows(site.Settings.AllowedOrigins, origin, server.OwnOrigin))
            return Refusals.ForeignOrigin;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
        headers.AccessControlAllowHeaders = "authorization, content-type";
        headers.AccessControlMaxAge = "7200";
        return TypedResults.NoContent();
    }
}
