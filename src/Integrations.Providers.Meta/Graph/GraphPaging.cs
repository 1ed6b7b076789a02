using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Reads an edge to its end.</summary>
internal static class GraphPaging
{
    private const int MaxPages = 200;

    /// <summary>All items of an edge, or the error of the page that failed.</summary>
    public static async Task<(IReadOnlyList<JsonElement> Items, ProviderError? Error)> ListAsync(
        this GraphClient graph, GraphRequest first, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        var query = first.Query;
        for (var page = 0; page < MaxPages; page++)
        {
            var request = new GraphRequest
            {
                Method = first.Method, Host = first.Host, Path = first.Path, Token = first.Token, Query = query, Endpoint = first.Endpoint, Budget = first.Budget,
            };
            var result = await graph.SendAsync(request, ct);
            if (result.Error is { } error)
                return (items, error);
            items.AddRange(result.Root.Items("data"));
            // The address of the next page carries the token; ours goes into the header as always.
            var next = result.Root.Property("paging")?.Text("next");
            if (next is null || GraphAddress.NextQuery(graph.Options, first, next) is not { } nextQuery)
                break;
            query = nextQuery;
        }
        return (items, null);
    }
}
