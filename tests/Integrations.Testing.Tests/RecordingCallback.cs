using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.Testing.Tests;

/// <summary>The app under test, as the simulator sees it: answers the handshake and records every POST.</summary>
public sealed class RecordingCallback : HttpMessageHandler
{
    public static readonly Uri Url = new("https://app.example.com/integrations/facebook/webhook");

    public ConcurrentQueue<Received> Posts { get; } = new();

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public string AnswerBody { get; set; } = "";

    public Func<Task>? BeforeAnswer { get; set; }

    public Received Last => Posts.Last();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
            return query["hub.mode"] == "subscribe" && query["hub.verify_token"] == "verify me"
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(query["hub.challenge"]!) }
                : new HttpResponseMessage(HttpStatusCode.Forbidden);
        }

        var headers = request.Headers.ToDictionary(pair => pair.Key, pair => string.Join(",", pair.Value), StringComparer.OrdinalIgnoreCase);
        Posts.Enqueue(new Received(request.RequestUri!, await request.Content!.ReadAsByteArrayAsync(cancellationToken), headers));
        if (BeforeAnswer is { } wait)
            await wait().WaitAsync(cancellationToken);
        return new HttpResponseMessage(Answer) { Content = new StringContent(AnswerBody) };
    }
}

public sealed record Received(Uri Url, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonArray Entries => JsonNode.Parse(Body)!["entry"]!.AsArray();

    public JsonObject Item => Entries[0]!["messaging"]![0]!.AsObject();
}
