using Integrations.Testing;
using Microsoft.AspNetCore.Http;

namespace MetaSandbox;

/// <summary>The pages beside the Graph API: <c>/</c>, <c>/control/state</c> and <c>POST /control/{verb}</c>.</summary>
internal static class ControlPanel
{
    public static async Task<bool> HandleAsync(MetaSimulator meta, HttpContext http)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value);
        if (method == "GET" && path == "/")
            await WriteAsync(http, "text/html", ControlPage.Render(meta, http.Request.Query["said"]));
        else if (method == "GET" && path == "/control/state")
            await WriteAsync(http, "application/json", SandboxState.Of(meta).ToJsonString());
        else if (method == "POST" && path?.StartsWith("/control/", StringComparison.Ordinal) == true)
            await ActAsync(meta, http, path["/control/".Length..]);
        else
            return false;
        return true;
    }

    // A browser goes back to the page, any other client gets one line of text and a status to look at.
    private static async Task ActAsync(MetaSimulator meta, HttpContext http, string verb)
    {
        var (status, said) = await Verbs.RunAsync(meta, verb, await http.Request.ReadFormAsync(), http.RequestAborted);
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/?said=" + Uri.EscapeDataString(said);
            return;
        }

        http.Response.StatusCode = status;
        await WriteAsync(http, "text/plain", said + "\n");
    }

    private static Task WriteAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        return http.Response.WriteAsync(text);
    }
}
