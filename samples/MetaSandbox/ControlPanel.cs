using Integrations.Testing;
using Microsoft.AspNetCore.Http;

namespace MetaSandbox;

/// <summary>The pages beside the Graph API: <c>/</c>, <c>/control/state</c> and <c>POST /control/{verb}</c>.</summary>
internal sealed class ControlPanel(SandboxClock clock)
{
    public async Task<bool> HandleAsync(MetaSimulator meta, HttpContext http)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value);
        if (method == "GET" && path == "/")
            await WriteAsync(http, "text/html", ControlPage.Render(meta, http.Request.Query["said"]));
        else if (method == "GET" && path == "/control/state")
            await WriteAsync(http, "application/json", SandboxState.Of(meta, clock).ToJsonString());
        else if (path?.StartsWith("/control/", StringComparison.Ordinal) != true)
            return false;
        else if (method != "POST")
            await SayAsync(http, StatusCodes.Status405MethodNotAllowed, "Verbs are POSTed: curl -d name=value.");
        else if (!http.Request.HasFormContentType && http.Request.ContentLength is not (null or 0))
            await SayAsync(http, StatusCodes.Status415UnsupportedMediaType, "Send the fields as a form, as curl -d name=value does.");
        else
            await ActAsync(meta, http, path["/control/".Length..]);
        return true;
    }

    // A browser goes back to the page, any other client gets one line of text and a status to look at.
    private async Task ActAsync(MetaSimulator meta, HttpContext http, string verb)
    {
        var (status, said) = await Verbs.RunAsync(meta, verb, new Fields(await ReadFormAsync(http), clock), http.RequestAborted);
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/?said=" + Uri.EscapeDataString(said);
            return;
        }

        await SayAsync(http, status, said);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext http) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private static Task SayAsync(HttpContext http, int status, string said)
    {
        http.Response.StatusCode = status;
        return WriteAsync(http, "text/plain", said + "\n");
    }

    private static Task WriteAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        return http.Response.WriteAsync(text);
    }
}
