using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>POST api.instagram.com/oauth/access_token</c>: a code for a token of one hour.</summary>
internal sealed class InstagramCodeEndpoint(MetaWorld world)
{
    public const string Name = "instagram/oauth/access_token";
    public const string Parameters = "client_id client_secret grant_type redirect_uri code";

    public GraphAnswer Handle(GraphCall call)
    {
        if (call.Parameters.QueryNames.Count > 0 || !call.Parameters.FromForm)
            throw InstagramErrors.FormOnly.AsException();
        if (call.RequireText("client_id") != world.Options.InstagramAppId)
            throw InstagramErrors.BadApp.AsException();
        if (call.RequireText("client_secret") != world.Options.InstagramAppSecret)
            throw InstagramErrors.BadSecret.AsException();
        if (call.RequireText("grant_type") != "authorization_code")
            throw GraphErrors.Invalid("grant_type must be authorization_code.").AsException();
        lock (world.Gate)
        {
            var account = world.InstagramCodes.Redeem(call.RequireText("code"), call.RequireText("redirect_uri"));
            var answer = new JsonObject
            {
                ["access_token"] = world.Tokens.IssueInstagram(account, world.Options.ShortLivedTokenLifetime, longLived: false).Value,
                // The app-scoped id: whoever stores it as the account loses every webhook.
                ["user_id"] = account.AppScopedId,
                ["permissions"] = string.Join(',', account.Grant.Scopes.Order()),
            };
            return world.Options.InstagramFlatCodeAnswer ? answer : new JsonObject { ["data"] = new JsonArray(answer) };
        }
    }
}
