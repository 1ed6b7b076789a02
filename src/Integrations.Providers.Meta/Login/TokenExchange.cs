using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>The token endpoint: code for token, and token for long-lived token.</summary>
internal sealed class TokenExchange(GraphClient graph)
{
    /// <summary>https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow</summary>
    public async Task<(UserToken? Token, ProviderError? Error)> ByCodeAsync(CodeExchangeContext context, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> form =
        [
            .. AppCredentials(),
            new("redirect_uri", context.RedirectUri.OriginalString),
            new("code", context.Code.Reveal()),
        ];
        if (!context.CodeVerifier.IsEmpty)
            form.Add(new("code_verifier", context.CodeVerifier.Reveal()));
        return Read(await graph.SendAsync(GraphRequest.OAuth(form), ct));
    }

    /// <summary>
    /// Exchanges a valid token for one that lives about 60 days. An expired one cannot be exchanged any more.
    /// https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
    /// </summary>
    public async Task<(UserToken? Token, ProviderError? Error)> LongLivedAsync(Secret token, CancellationToken ct)
    {
        var (exchanged, error) = Read(await graph.SendAsync(
            GraphRequest.OAuth([new("grant_type", "fb_exchange_token"), .. AppCredentials(), new("fb_exchange_token", token.Reveal())]), ct));
        return (exchanged is { Life: null } ? new UserToken(exchanged.Token, MetaDefaults.LongLivedTokenLife) : exchanged, error);
    }

    private KeyValuePair<string, string>[] AppCredentials() =>
        [new("client_id", graph.Options.AppId), new("client_secret", graph.Options.AppSecret)];

    private static (UserToken?, ProviderError?) Read(GraphResult result)
    {
        if (result.Error is { } error)
            return (null, error);
        if (result.Root.Text("access_token") is not { Length: > 0 } text)
            return (null, NoToken(result.Root));
        TimeSpan? life = result.Root.Integer("expires_in") is > 0 and <= int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : null;
        return (new UserToken(new Secret(text), life), null);
    }

    private static ProviderError NoToken(JsonElement root) => new()
    {
        Kind = ProviderErrorKind.Unknown,
        Code = root.ValueKind == JsonValueKind.Object ? "no_access_token" : "not_an_object",
        SafeMessage = "Meta answered without a token. Start connecting again.",
    };
}
