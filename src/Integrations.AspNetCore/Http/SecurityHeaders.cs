using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Headers of everything a browser or an owner's page gets from us.</summary>
internal static class SecurityHeaders
{
    public const string NoContent = "default-src 'none'; frame-ancestors 'none'";

    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NoContent;
    }
}
