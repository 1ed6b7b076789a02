using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Integrations.EndToEnd.Tests.Widget;

/// <summary>A visitor's browser with one live stream.</summary>
internal sealed class WidgetVisitor : IAsyncDisposable
{
    // A stream on which nothing comes fails its test at once, with what the host wrote.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly HttpClient _client;
    private readonly string _path;
    private IAsyncEnumerator<SseItem<string>>? _events;

    private WidgetVisitor(HttpClient client, string path) => (_client, _path) = (client, path);

    public static async Task<WidgetVisitor> OpenAsync(Uri host, Guid integrationId, CancellationToken ct)
    {
        var client = new HttpClient { BaseAddress = host };
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        var visitor = new WidgetVisitor(client, $"/integrations/widget/{integrationId}");
        using var session = await client.PostAsJsonAsync($"{visitor._path}/sessions", new JsonObject { ["locale"] = "en" }, ct);
        session.EnsureSuccessStatusCode();
        var token = (string)(await session.Content.ReadFromJsonAsync<JsonObject>(ct))!["token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return visitor;
    }

    /// <summary>Completes when the host has opened the stream.</summary>
    public async Task ListenAsync(CancellationToken ct)
    {
        _events = SseParser.Create(await _client.GetStreamAsync(new Uri($"{_path}/events", UriKind.Relative), ct)).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        Assert.True(await _events.MoveNextAsync());
        Assert.Equal("ping", _events.Current.EventType);
    }

    public async Task WriteAsync(string text, CancellationToken ct)
    {
        using var answer = await _client.PostAsJsonAsync($"{_path}/messages", new JsonObject { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = text }, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The text of the next message that an agent wrote.</summary>
    public async Task<string> AnswerAsync()
    {
        while (await _events!.MoveNextAsync().AsTask().WaitAsync(Patience))
            if (_events.Current.EventType == "message" && JsonNode.Parse(_events.Current.Data)!.AsObject() is var message && (string?)message["from"] == "agent")
                return (string)message["text"]!;
        throw new InvalidOperationException("The host ended the stream.");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        try
        {
            if (_events is not null)
                await _events.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read under way was cut off.
        }
    }
}
