using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// <c>access_token</c> and <c>refresh_access_token</c> of graph.instagram.com, both without a version
/// (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login).
/// </summary>
internal sealed class InstagramTokenEndpoint(MetaWorld world)
{
    public const string ExchangeName = "ig_exchange_token";
    public const string RefreshName = "ig_refresh_token";
    private static readonly TimeSpan MinimumAge = TimeSpan.FromHours(24);

    public GraphAnswer Exchange(GraphCall call)
    {
        RequireGrant(call, ExchangeName);
        if (call.RequireText("client_secret") != world.Options.InstagramAppSecret)
            throw GraphErrors.BadSecret.AsException();
        return Renew(call, token => token.LongLived ? InstagramErrors.NotShortLived : null);
    }

    /// <summary>Refused before 24 hours of age; an expired token never comes here, so its refusal is final.</summary>
    public GraphAnswer Refresh(GraphCall call)
    {
        RequireGrant(call, RefreshName);
        call.RequireScope(InstagramScopes.Basic);
        return Renew(call, token => !token.LongLived ? InstagramErrors.NotLongLived
            : world.Now - token.IssuedAt < MinimumAge ? InstagramErrors.TooYoung : null);
    }

    private GraphAnswer Renew(GraphCall call, Func<AccessToken, GraphError?> problem)
    {
        lock (world.Gate)
        {
            var account = call.RequireAccount("me");
            if (problem(call.Token!) is { } refusal)
                throw refusal.AsException();
            var life = world.Options.LongLivedTokenLifetime;
            return new JsonObject
            {
                ["access_token"] = world.Tokens.IssueInstagram(account, life, longLived: true).Value,
                ["token_type"] = "bearer",
                ["expires_in"] = (long)life.TotalSeconds,
            };
        }
    }

    private static void RequireGrant(GraphCall call, string grant)
    {
        if (call.RequireText("grant_type") != grant)
            throw GraphErrors.Invalid($"grant_type must be {grant}.").AsException();
    }
}
