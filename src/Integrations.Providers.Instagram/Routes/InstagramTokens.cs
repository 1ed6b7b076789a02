using System.Text.Json;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>Instagram's token endpoints, which have no version in their path.</summary>
internal sealed class InstagramTokens(GraphClient graph, Func<InstagramOptions> options)
{
    private const string CodeSuffix = "#_"; // Instagram appends it to the address; it is no part of the code

    /// <summary>Code for token, and that for one of 60 days.</summary>
    public async Task<(InstagramToken? Token, ProviderError? Error)> ByCodeAsync(CodeExchangeContext context, CancellationToken ct)
    {
        var settings = options();
        var code = context.Code.Reveal();
        var result = await graph.SendAsync(
            new GraphRequest
            {
                Method = HttpMethod.Post,
                Host = new GraphHost(settings.InstagramApiBaseUri, IsVersioned: false),
                Path = "oauth/access_token",
                Form =
                [
                    new("client_id", settings.InstagramAppId),
                    new("client_secret", settings.InstagramAppSecret),
                    new("grant_type", "authorization_code"),
                    new("redirect_uri", context.RedirectUri.OriginalString),
                    new("code", code.EndsWith(CodeSuffix, StringComparison.Ordinal) ? code[..^CodeSuffix.Length] : code),
                ],
                Endpoint = GraphEndpoint.OAuth,
            },
            ct);
        if (result.Error is { } error)
            return (null, error);
        // Documented inside a list called data, and met without it.
        var answer = result.Root.Items("data").FirstOrDefault() is { ValueKind: JsonValueKind.Object } inner ? inner : result.Root;
        if (answer.Text("access_token") is not { Length: > 0 } text)
            return (null, NoToken());
        (var token, error) = await LongLivedAsync(new Secret(text), ct);
        return (token is null ? null : token with { Scopes = Permissions(answer), UserId = answer.Text("user_id") }, error);
    }

    /// <summary>A valid token, at least a day old, for one that lives 60 days from now.</summary>
    public Task<(InstagramToken? Token, ProviderError? Error)> RefreshAsync(Secret token, CancellationToken ct) =>
        GetAsync("refresh_access_token", [new("grant_type", "ig_refresh_token"), new("access_token", token.Reveal())], GraphEndpoint.Graph, ct);

    private Task<(InstagramToken? Token, ProviderError? Error)> LongLivedAsync(Secret token, CancellationToken ct) => GetAsync(
        "access_token",
        [new("grant_type", "ig_exchange_token"), new("client_secret", options().InstagramAppSecret), new("access_token", token.Reveal())],
        GraphEndpoint.OAuth,
        ct);

    // Both are documented with their secrets in the address and in no other form. The HTTP client logs no addresses.
    private async Task<(InstagramToken? Token, ProviderError? Error)> GetAsync(
        string path, IReadOnlyList<KeyValuePair<string, string>> query, GraphEndpoint endpoint, CancellationToken ct)
    {
        var result = await graph.SendAsync(
            new GraphRequest
            {
                Method = HttpMethod.Get,
                Host = new GraphHost(options().InstagramGraphBaseUri, IsVersioned: false),
                Path = path,
                Query = query,
                Endpoint = endpoint,
            },
            ct);
        if (result.Error is { } error)
            return (null, error);
        if (result.Root.Text("access_token") is not { Length: > 0 } text)
            return (null, NoToken());
        var life = result.Root.Integer("expires_in") is > 0 and <= int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : MetaDefaults.LongLivedTokenLife;
        return (new InstagramToken(new Secret(text), life), null);
    }

    private static IReadOnlyList<string>? Permissions(JsonElement answer) => answer.Texts("permissions")
        ?? answer.Text("permissions")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ProviderError NoToken() => new()
    {
        Kind = ProviderErrorKind.Unknown, Code = "no_access_token", SafeMessage = "Instagram answered without a token. Start connecting again.",
    };
}
