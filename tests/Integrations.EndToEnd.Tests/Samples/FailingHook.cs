using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.EndToEnd.Tests.Samples;

/// <summary>A webhook receiver that passes its verification and then fails, as long as it is told to.</summary>
internal sealed class FailingHook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _posts;

    private FailingHook(WebApplication app) => _app = app;

    public bool Fails { get; set; }

    public int Posts => Volatile.Read(ref _posts);

    public string Address => _app.Urls.First() + "/hook";

    public static async Task<FailingHook> ListenAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var hook = new FailingHook(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/hook", (HttpContext http) => Results.Text(http.Request.Query["hub.challenge"]));
        app.MapPost("/hook", () =>
        {
            Interlocked.Increment(ref hook._posts);
            return Results.StatusCode(hook.Fails ? 500 : 200);
        });
        await app.StartAsync(ct);
        return hook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
