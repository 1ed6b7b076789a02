using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Asks Meta about tokens and grants.</summary>
internal sealed class TokenInspection(GraphClient graph)
{
    /// <summary>A connect or a refresh has its own limit, of which this may take little: it can do without the answer.</summary>
    private static readonly TimeSpan ConsentPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// <c>debug_token</c>, with the app's own token. It is the one call that takes a token in its address: there is no other way.
    /// https://developers.facebook.com/docs/graph-api/reference/debug_token
    /// </summary>
    public async Task<(JsonElement Data, ProviderError? Error)> DebugAsync(Secret token, CancellationToken ct, TimeSpan? atMost = null)
    {
        var result = await graph.SendAsync(
            new GraphRequest
            {
                Method = HttpMethod.Get,
                Path = "debug_token",
                Token = graph.Options.AppToken(),
                Query = [new("input_token", token.Reveal())],
                Endpoint = GraphEndpoint.App,
                AtMost = atMost,
            },
            ct);
        if (result.Error is { } error)
            return (default, error);
        return result.Root.Property("data") is { ValueKind: JsonValueKind.Object } data
            ? (data, null)
            : (default, new ProviderError { Kind = ProviderErrorKind.Transient, Code = "no_data", SafeMessage = "Meta said nothing about the token." });
    }

    /// <summary>
    /// When the person's consent ends unless they use the app again: Meta's 90 days of data access. Null if Meta does not tell, or
    /// cannot be asked: no connect or refresh fails for it.
    /// https://developers.facebook.com/docs/facebook-login/auth-vs-data
    /// </summary>
    public async Task<DateTimeOffset?> ConsentEndAsync(Secret userToken, CancellationToken ct)
    {
        var (data, error) = await DebugAsync(userToken, ct, ConsentPatience);
        return error is null ? data.UnixTime("data_access_expires_at") : null;
    }

    /// <summary>The app-scoped id of the person, which deauthorise and data-deletion notices name.</summary>
    public async Task<(string? UserId, ProviderError? Error)> UserIdAsync(Secret userToken, CancellationToken ct)
    {
        var result = await graph.SendAsync(GraphRequest.Get("me", userToken, "id"), ct);
        return (result.Succeeded ? result.Root.Text("id") : null, result.Error);
    }

    /// <summary>
    /// The scopes that were really granted: a person can untick some. Null if Meta does not tell.
    /// https://developers.facebook.com/docs/graph-api/reference/user/permissions
    /// </summary>
    public async Task<(IReadOnlyList<string>? Scopes, ProviderError? Error)> GrantedScopesAsync(Secret userToken, CancellationToken ct)
    {
        var (items, error) = await graph.ListAsync(GraphRequest.Get("me/permissions", userToken), ct);
        if (error is null)
            return ([.. items.Where(item => item.Text("status") == "granted").Select(item => item.Text("permission")).OfType<string>()], null);
        if (error.Kind is ProviderErrorKind.ReconnectRequired or ProviderErrorKind.Transient or ProviderErrorKind.RateLimited)
            return (null, error);
        // A system user's token has no permissions edge; debug_token knows its scopes.
        var (data, debugError) = await DebugAsync(userToken, ct);
        return (debugError is null ? data.Texts("scopes") : null, debugError);
    }
}
