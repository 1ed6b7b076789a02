namespace Integrations.TestSupport;

/// <summary>A request that <see cref="CannedHttp"/> saw.</summary>
public sealed record CannedCall(string Method, Uri Uri, string? Authorization, string? ContentType, string Body)
{
    public IReadOnlyDictionary<string, string> Query => Pairs(Uri.Query.TrimStart('?'));

    public IReadOnlyDictionary<string, string> Form => Pairs(Body);

    private static Dictionary<string, string> Pairs(string text) => text
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Decode(pair[0]), pair => Decode(pair[1]), StringComparer.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
