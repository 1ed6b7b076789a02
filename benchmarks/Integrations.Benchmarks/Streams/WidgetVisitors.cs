using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Integrations.Benchmarks.Streams;

/// <summary>Makes visitors as browsers do: a session, and one message that makes the conversation.</summary>
internal static class WidgetVisitors
{
    private const string Origin = "https://shop.example";
    private const int AtOnce = 16;

    /// <returns>Path and headers of each visitor's stream.</returns>
    public static async Task<IReadOnlyList<(string Path, string Headers)>> CreateAsync(StreamHost host, int count)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        client.DefaultRequestHeaders.Add("Origin", Origin);
        var streams = new (string, string)[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, ct) =>
        {
            var session = new JsonObject { ["locale"] = "en", ["page"] = new JsonObject { ["url"] = $"{Origin}/cart" } };
            var token = (string)(await PostAsync(client, $"{host.Path}/sessions", session, null, ct))["token"]!;
            var message = new JsonObject { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "Do you have the blue one in size M?" };
            await PostAsync(client, $"{host.Path}/messages", message, token, ct);
            streams[i] = ($"{host.Path}/events?after=1", $"Origin: {Origin}\r\nAuthorization: Bearer {token}\r\n");
        });
        return streams;
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string path, JsonObject body, string? token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
    }
}
