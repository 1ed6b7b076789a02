namespace Integrations;

/// <summary>Checks the consent address a provider built before a browser is sent there.</summary>
internal static class AuthorizationUriCheck
{
    /// <summary>What is wrong, without quoting the address: it holds the state. Null if nothing is.</summary>
    public static string? Problem(Uri uri, AuthorizeContext context, IntegrationDescriptor descriptor, Secret verifier)
    {
        if (!uri.IsAbsoluteUri)
            return "the authorization address is not absolute";
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            return "the authorization address is neither https nor http on a loopback address";
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return "the authorization address has user information or a fragment";
        if (!descriptor.AuthorizationHosts.Any(h => IsHost(h, uri)))
            return $"the authorization host '{uri.Authority}' is not among the descriptor's authorization hosts";
        var query = Parse(uri.Query);
        if (!Has(query, "state", context.State.Reveal()))
            return "the authorization address does not carry the state exactly once and unchanged";
        if (!Has(query, "redirect_uri", context.RedirectUri.OriginalString))
            return "the authorization address does not carry the redirect address exactly once and unchanged";
        if (query["response_type"].Any(v => v != "code"))
            return "the authorization address asks for another response type than 'code'";
        if (context.CodeChallenge is { } challenge && !(Has(query, "code_challenge", challenge) && Has(query, "code_challenge_method", "S256")))
            return "the authorization address does not carry the S256 code challenge";
        if (query.Contains("client_secret") || query.Contains("code_verifier")
            || (!verifier.IsEmpty && uri.OriginalString.Contains(verifier.Reveal(), StringComparison.Ordinal)))
            return "the authorization address carries a secret";
        return null;
    }

    private static bool IsHost(string allowed, Uri uri) =>
        string.Equals(allowed, uri.Host, StringComparison.OrdinalIgnoreCase) || string.Equals(allowed, uri.Authority, StringComparison.OrdinalIgnoreCase);

    private static bool Has(ILookup<string, string> query, string name, string value) => query[name].Take(2).ToList() is [var only] && only == value;

    private static ILookup<string, string> Parse(string query) => query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToLookup(parts => Decode(parts[0]), parts => parts.Length == 2 ? Decode(parts[1]) : string.Empty, StringComparer.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
