using System.Security.Cryptography;
using System.Text;

namespace Integrations.Providers.Meta;

/// <summary>Builds the addresses that are called.</summary>
internal static class GraphAddress
{
    public static Uri Of(MetaOptions options, GraphRequest request)
    {
        var text = new StringBuilder(Root(BaseOf(options, request.Host))).Append('/');
        if (request.Host is not { IsVersioned: false })
            text.Append(options.GraphVersion).Append('/');
        text.Append(request.Path);
        var separator = '?';
        foreach (var (name, value) in request.Query)
            Append(text, ref separator, name, value);
        if (!request.Token.IsEmpty && request.Host is null)
            Append(text, ref separator, "appsecret_proof", Proof(options, request.Token));
        return new Uri(text.ToString());
    }

    /// <summary>
    /// The query of a <c>paging.next</c> address without the token Meta writes into it. Null if the address is not on the
    /// configured host and version: it is never followed then.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? NextQuery(MetaOptions options, GraphRequest request, string? next)
    {
        if (!Uri.TryCreate(next, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
            return null;
        var expected = new Uri($"{Root(BaseOf(options, request.Host))}/");
        if (uri.Scheme != expected.Scheme || uri.Authority != expected.Authority || !uri.AbsolutePath.EndsWith(request.Path[request.Path.LastIndexOf('/')..], StringComparison.Ordinal))
            return null;
        return [.. Pairs(uri.Query).Where(pair => pair.Key is not ("access_token" or "appsecret_proof"))];
    }

    private static Uri BaseOf(MetaOptions options, GraphHost? host) => host?.BaseUri ?? options.GraphBaseUri;

    public static string Root(Uri baseUri) => baseUri.AbsoluteUri.TrimEnd('/');

    /// <summary>
    /// HMAC-SHA256 of the token with the app secret, lower-case hex: proves that the caller is the app and not a thief of the
    /// token. https://developers.facebook.com/docs/graph-api/guides/secure-requests
    /// </summary>
    public static string Proof(MetaOptions options, Secret token)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        MetaSignature.Hash(new Secret(options.AppSecret), Encoding.UTF8.GetBytes(token.Reveal()), hash);
        return Convert.ToHexStringLower(hash);
    }

    public static void Append(StringBuilder text, ref char separator, string name, string value)
    {
        text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var left, var right] ? (left, right) : (part, string.Empty);
            yield return new(Decode(name), Decode(value));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
