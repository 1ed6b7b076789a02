using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Refresh;

/// <summary>A platform's token endpoint in a process of its own, 20 ms away.</summary>
internal sealed class RefreshPlatform : IAsyncDisposable
{
    public const string Verb = "refresh-platform";

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;

    private RefreshPlatform(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    public static async Task<RefreshPlatform> StartAsync()
    {
        var start = SelfProcess.StartInfo(Verb);
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The platform did not start.");
        return new RefreshPlatform(process, new Uri($"http://127.0.0.1:{line}/oauth/token"));
    }

    /// <summary>The platform itself. It ends with its input.</summary>
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var serial = 0;
        app.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            await Task.Delay(Latency);
            if (form["refresh_token"].Count == 0)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            var n = Interlocked.Increment(ref serial).ToString(CultureInfo.InvariantCulture);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"access_token":"access-{{n.PadLeft(100, '0')}}","refresh_token":"refresh-{{n.PadLeft(60, '0')}}","token_type":"bearer","expires_in":3600}""");
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
