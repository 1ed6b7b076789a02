using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace WebHost.Pages;

/// <summary>The little HTML this sample needs.</summary>
internal static class Html
{
    // Scripts and styles are files of our own, pictures may be the platforms': nothing inline runs, whatever a name holds.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static IResult Page(
        HttpContext http, string title, string body, string bodyTag = "<body>", string? script = null, int status = StatusCodes.Status200OK, string policy = Policy)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Text(title)}</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="/app.css">
              {(script is null ? "" : $"""<script type="module" src="{script}"></script>""")}
            </head>
            {bodyTag}{body}</body>
            </html>
            """, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>Text as it may stand in HTML.</summary>
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string AntiforgeryField(HttpContext http, IAntiforgery forgery)
    {
        var tokens = forgery.GetAndStoreTokens(http);
        return $"""<input type="hidden" name="{tokens.FormFieldName}" value="{Text(tokens.RequestToken)}">""";
    }

    /// <summary>A form that is one button.</summary>
    public static string Button(string label, string action, string antiforgeryField) =>
        $"""<form method="post" action="{Text(action)}">{antiforgeryField}<button>{Text(label)}</button></form>""";
}
