using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integrations.Testing;

/// <summary>One HTTP exchange: reads the parameters once, writes one answer, leaves one log entry.</summary>
internal sealed class GraphExchange(MetaWorld world, MetaHost host, HttpContext http)
{
    public GraphParameters Parameters { get; private set; } = new();

    public string? Endpoint { get; set; }

    public HttpContext Http => http;

    public MetaHost Host => host;

    public string Method => http.Request.Method;

    public string? Bearer { get; } = TokenGate.BearerOf(http.Request);

    public CancellationToken Aborted => http.RequestAborted;

    public async Task ReadAsync() => Parameters = await GraphParameters.ReadAsync(http.Request, Aborted);

    public async Task AnswerAsync(GraphAnswer answer)
    {
        // What was carried out stays so, and its echo follows, whether or not the caller waits for the answer.
        if (world.Faults.TakeGate(Endpoint) is { } gate)
            await gate.PassAsync(http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        if (answer.Afterwards is { } afterwards)
        {
            http.Response.OnCompleted(() =>
            {
                afterwards();
                return Task.CompletedTask;
            });
        }

        if (world.Faults.TakeDrop(Endpoint))
            Cut();
        else
            await WriteJsonAsync(200, answer.Body, null);
    }

    public Task RefuseAsync(GraphError error)
    {
        if (error.Challenge is { } challenge)
            http.Response.Headers.WWWAuthenticate = $"OAuth \"Facebook Platform\" \"{challenge}\" \"{error.Message}\"";
        return WriteJsonAsync(error.Status, host == MetaHost.InstagramApi ? InstagramErrors.ToJson(error) : error.ToJson(world.Ids.Trace()), error);
    }

    public async Task BreakAsync(MetaOutage outage)
    {
        switch (outage)
        {
            case MetaOutage.ConnectionsCut:
                Cut();
                break;
            case MetaOutage.HtmlErrors:
                await WriteAsync(503, "text/html", "<html><body>Sorry, something went wrong.</body></html>", null);
                break;
            case MetaOutage.Garbage:
                await WriteAsync(200, "application/json", "{\"data\":[{\"id\":", null);
                break;
            default:
                await RefuseAsync(GraphErrors.Down);
                break;
        }
    }

    public Task WriteHtmlAsync(int status, string html) => WriteAsync(status, "text/html", html, null);

    public void Redirect(string location)
    {
        Log(302, null);
        http.Response.Redirect(location);
    }

    private Task WriteJsonAsync(int status, JsonNode body, GraphError? error) =>
        WriteAsync(status, "application/json", MetaJson.Write(body), error);

    // Logged before the answer leaves: a test that has the answer also finds the entry.
    private async Task WriteAsync(int status, string contentType, string body, GraphError? error)
    {
        Log(status, error);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType + "; charset=UTF-8";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), Aborted);
    }

    private void Cut()
    {
        Log(0, null);
        http.Abort();
    }

    private static string HostName(MetaHost host) => host switch
    {
        MetaHost.InstagramDialog => "www.instagram.com",
        MetaHost.InstagramApi => "api.instagram.com",
        MetaHost.InstagramGraph => "graph.instagram.com",
        _ => "graph.facebook.com",
    };

    private void Log(int status, GraphError? error) => world.Record(new SimulatedRequest
    {
        At = world.Now,
        Method = Method,
        Host = HostName(host),
        Path = http.Request.Path.Value!,
        Endpoint = Endpoint,
        QueryNames = Parameters.QueryNames,
        BodyNames = Parameters.BodyNames,
        TokenKind = TokenGate.KindOf(world, Bearer ?? Parameters.Text("access_token")),
        BearerHeader = Bearer is not null,
        Status = status,
        ErrorCode = error?.Code,
        ErrorSubcode = error?.Subcode,
    });
}
