using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>A small page of our own: readable without images or scripts, and by a screen reader. Nothing is loaded from anywhere.</summary>
internal sealed class Page(int status, string title, Html body) : IResult
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;color:#1b1b1f;background:#fff;max-width:36rem;margin:3rem auto;padding:0 1rem}" +
        "fieldset{border:1px solid #767680;border-radius:.5rem;margin:1rem 0;padding:.5rem 1rem}" +
        "label{display:block;padding:.5rem 0}" +
        "[type=text],[type=password]{font:inherit;color:inherit;background:transparent;display:block;box-sizing:border-box;width:100%;margin:.25rem 0 1rem;padding:.5rem;border:1px solid #767680;border-radius:.5rem}" +
        "[aria-invalid]{border-color:#b3261e}.error{color:#b3261e}" +
        "small{display:block;color:#4a4a52}" +
        "button{font:inherit;padding:.5rem 1.25rem;border:0;border-radius:.5rem;background:#0b57d0;color:#fff}" +
        "a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}" +
        "@media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#1b1b1f}small{color:#b8b8c0}a{color:#a8c7fa}[aria-invalid]{border-color:#f2b8b5}.error{color:#f2b8b5}}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>True for a page with a form: a browser that is told "no-referrer" sends its form with <c>Origin: null</c>.</summary>
    public bool HasForm { get; init; }

    /// <summary>Why it did not work. Null if it did, or for a page that tells nobody when to come back.</summary>
    public Failure? Failure { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SecurityHeaders.Apply(response);
        response.Headers.ContentSecurityPolicy = Policy;
        if (HasForm)
            response.Headers["Referrer-Policy"] = "same-origin";
        if (Failure is not null)
            ProblemResult.WriteRetryAfter(response, Failure);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        Html top = $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>""";
        Html bottom = $"""</style></head><body><main><h1>{title}</h1>{body}</main></body></html>""";
        await response.WriteAsync($"{top.ToString()}{Style}{bottom.ToString()}", httpContext.RequestAborted);
    }
}
