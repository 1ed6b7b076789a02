using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Streams;

/// <summary>
/// The baseline: one endpoint, a channel for each stream, and the pings without which proxies close idle connections. No token, no
/// store.
/// </summary>
internal sealed class BareStreamServer : IStreamServer
{
    private const int PingSeconds = 15;

    private readonly ConcurrentDictionary<Channel<string?>, int> _streams = new();
    private readonly WebApplication _app;
    private readonly Timer _pings;
    private long _messages;
    private int _opened;
    private int _tick;

    private BareStreamServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/events", (HttpContext http) => TypedResults.ServerSentEvents(ReadAsync(http.RequestAborted)));
        _pings = new Timer(_ => Ping(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Path => "/events";

    public static async Task<BareStreamServer> StartAsync()
    {
        var server = new BareStreamServer();
        await server._app.StartAsync();
        return server;
    }

    public Task SendAsync(SendWay way)
    {
        var number = ++_messages;
        var at = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        foreach (var stream in _streams.Keys)
            stream.Writer.TryWrite($$"""{"id":"{{Guid.NewGuid()}}","seq":{{number}},"from":"agent","at":"{{at}}","text":"{{StreamText.Message}}"}""");
        return Task.CompletedTask;
    }

    public Task SettleAsync(int visitors) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _pings.DisposeAsync();
        foreach (var stream in _streams.Keys)
            stream.Writer.Complete();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var stream = Channel.CreateUnbounded<string?>(new UnboundedChannelOptions { SingleReader = true });
        _streams.TryAdd(stream, Interlocked.Increment(ref _opened) % PingSeconds);
        var number = 0;
        try
        {
            yield return new SseItem<string>("{}", "ping"); // headers leave with the first item
            await foreach (var text in stream.Reader.ReadAllAsync(ct))
                yield return text is null
                    ? new SseItem<string>("{}", "ping")
                    : new SseItem<string>(text, "message") { EventId = (++number).ToString(CultureInfo.InvariantCulture) };
        }
        finally
        {
            _streams.TryRemove(stream, out _);
        }
    }

    private void Ping()
    {
        _tick = (_tick + 1) % PingSeconds;
        foreach (var (stream, slot) in _streams)
            if (slot == _tick)
                stream.Writer.TryWrite(null);
    }
}
