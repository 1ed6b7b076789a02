using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace WebHost.Pages;

/// <summary>The little HTML this sample needs.</summary>
internal static class Html
{
    public static IResult Page(string title, string body, int status = StatusCodes.Status200OK) => Results.Content($$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width">
          <title>{{Text(title)}}</title>
          <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
            section { border: 1px solid #ccc; border-radius: .5rem; padding: 1rem; margin: 1rem 0 }
            form { display: inline } label { display: block; margin: .5rem 0 } [role=alert] { color: #a00 }
          </style>
        </head>
        <body><h1>{{Text(title)}}</h1>{{body}}</body>
        </html>
        """, "text/html; charset=utf-8", statusCode: status);

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
