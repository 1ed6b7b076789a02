using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// <c>oauth/access_token</c>: code exchange and long-lived exchange. No refresh token exists at Facebook
/// (developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
/// </summary>
internal sealed class TokenEndpoint(MetaWorld world)
{
    public const string Name = "oauth/access_token";
    public const string Parameters = "client_id client_secret redirect_uri code code_verifier grant_type fb_exchange_token";
    private const string LongLived = "fb_exchange_token";

    public static string NameOf(GraphParameters parameters) =>
        parameters.Text("grant_type") == LongLived ? $"{Name}:{LongLived}" : $"{Name}:code";

    public GraphAnswer Handle(GraphCall call)
    {
        if (call.RequireText("client_id") != world.Options.AppId)
            throw GraphErrors.BadApp.AsException();
        if (call.RequireText("client_secret") != world.Options.AppSecret)
            throw GraphErrors.BadSecret.AsException();
        return call.Text("grant_type") switch
        {
            null or "authorization_code" => ExchangeCode(call),
            LongLived => ExchangeToken(call),
            _ => throw GraphErrors.Invalid("Unsupported grant_type.").AsException(),
        };
    }

    private JsonObject ExchangeCode(GraphCall call)
    {
        if (call.Parameters.Has(LongLived))
            throw GraphErrors.Strict("fb_exchange_token needs grant_type=fb_exchange_token.").AsException();
        lock (world.Gate)
        {
            var code = world.Codes.Redeem(call.RequireText("code"), call.RequireText("redirect_uri"), call.Text("code_verifier"));
            return code.SystemUser
                ? Answer(world.Tokens.IssueUser(code.User, null, longLived: true, systemUser: true).Value, null)
                : Answer(world.Tokens.IssueUser(code.User, world.Options.ShortLivedTokenLifetime, longLived: false).Value, world.Options.ShortLivedTokenLifetime);
        }
    }

    private JsonObject ExchangeToken(GraphCall call)
    {
        if (call.Parameters.Has("code") || call.Parameters.Has("redirect_uri") || call.Parameters.Has("code_verifier"))
            throw GraphErrors.Strict("a long-lived exchange takes no code, redirect_uri or code_verifier.").AsException();
        lock (world.Gate)
        {
            var token = world.Tokens.FindOn(MetaHost.Facebook, call.RequireText(LongLived)) ?? throw GraphErrors.Malformed.AsException();
            if (token.ProblemAt(world.Now) is { } problem)
                throw problem.AsException();
            if (token is not { Kind: SimulatedTokenKind.User, SystemUser: false, User: { } user })
                throw GraphErrors.UserTokenNeeded.AsException();

            var rest = token.ExpiresAt - world.Now;
            var lifetime = token.LongLived && !world.Options.LongLivedExchangeExtends && rest is { } left ? left : world.Options.LongLivedTokenLifetime;
            return Answer(world.Tokens.IssueUser(user, lifetime, longLived: true).Value, lifetime);
        }
    }

    private static JsonObject Answer(string token, TimeSpan? lifetime)
    {
        var answer = new JsonObject { ["access_token"] = token, ["token_type"] = "bearer" };
        if (lifetime is { } life)
            answer["expires_in"] = (long)life.TotalSeconds;
        return answer;
    }
}
