using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Streams;

/// <summary>The baseline: one endpoint, a channel for each stream. No token, no store, no pings.</summary>
internal sealed class BareStreamServer(WebApplication app, ConcurrentDictionary<Channel<string>, byte> streams) : IStreamServer
{
    private long _messages;

    public int Port { get; } = new Uri(app.Urls.First()).Port;

    public string Path => "/events";

    public static async Task<BareStreamServer> StartAsync()
    {
        var streams = new ConcurrentDictionary<Channel<string>, byte>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/events", (HttpContext http) => TypedResults.ServerSentEvents(ReadAsync(streams, http.RequestAborted)));
        await app.StartAsync();
        return new BareStreamServer(app, streams);
    }

    public Task SendAsync(SendWay way)
    {
        var number = ++_messages;
        var at = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        foreach (var stream in streams.Keys)
            stream.Writer.TryWrite($$"""{"id":"{{Guid.NewGuid()}}","seq":{{number}},"from":"agent","at":"{{at}}","text":"{{StreamText.Message}}"}""");
        return Task.CompletedTask;
    }

    public Task SettleAsync(int visitors) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in streams.Keys)
            stream.Writer.Complete();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ConcurrentDictionary<Channel<string>, byte> streams, [EnumeratorCancellation] CancellationToken ct)
    {
        var stream = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        streams.TryAdd(stream, 0);
        var number = 0;
        try
        {
            yield return new SseItem<string>("{}", "ping"); // headers leave with the first item
            await foreach (var text in stream.Reader.ReadAllAsync(ct))
                yield return new SseItem<string>(text, "message") { EventId = (++number).ToString(CultureInfo.InvariantCulture) };
        }
        finally
        {
            streams.TryRemove(stream, out _);
        }
    }
}
