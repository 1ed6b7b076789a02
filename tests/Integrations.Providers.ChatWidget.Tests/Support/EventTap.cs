using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Reads a live stream with a parser that is not ours.</summary>
internal sealed class EventTap : IAsyncDisposable
{
    /// <summary>A stream on which nothing comes fails its test instead of holding up all others.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    public EventTap(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _items = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    public HttpResponseMessage Response => _response;

    /// <summary>The next event of a kind, others passed over. Null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync(string? kind = null)
    {
        while (await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
            if (kind is null || _items.Current.EventType == kind)
                return _items.Current;
        return null;
    }

    public async Task<JsonObject> MessageFromAsync(string author)
    {
        while (await NextAsync("message") is { } item)
            if (JsonNode.Parse(item.Data)!.AsObject() is var message && (string?)message["from"] == author)
                return message;
        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>Waits for what follows without an event to wait for, and not for ever.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"It did not come to pass that {what}.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception e) when (e is NotSupportedException or IOException or OperationCanceledException)
        {
            // A read under way was cut off.
        }
    }
}
