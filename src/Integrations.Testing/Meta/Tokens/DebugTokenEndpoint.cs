using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>debug_token</c> (developers.facebook.com/docs/graph-api/reference/debug_token).</summary>
internal sealed class DebugTokenEndpoint(MetaWorld world)
{
    public GraphAnswer Handle(GraphCall call)
    {
        call.RequireAppToken();
        lock (world.Gate)
        {
            var token = world.Tokens.FindOn(MetaHost.Facebook, call.RequireText("input_token"));
            return new JsonObject { ["data"] = token is null ? Unknown() : Describe(token) };
        }
    }

    private static JsonObject Unknown() => new()
    {
        ["error"] = Error(GraphErrors.Malformed),
        ["is_valid"] = false,
        ["scopes"] = new JsonArray(),
    };

    private JsonObject Describe(AccessToken token)
    {
        var data = new JsonObject
        {
            ["app_id"] = world.Options.AppId,
            ["type"] = token.SystemUser ? "SYSTEM_USER" : token.Kind.ToString().ToUpperInvariant(),
            ["application"] = world.Options.AppName,
        };
        var problem = token.ProblemAt(world.Now);
        if (problem is not null)
            data["error"] = Error(problem);
        data["is_valid"] = problem is null;
        if (token.User is not { } user)
            return data;

        data["issued_at"] = token.IssuedAt.ToUnixTimeSeconds();
        data["expires_at"] = token.ExpiresAt?.ToUnixTimeSeconds() ?? 0;
        data["data_access_expires_at"] = user.Grant.DataAccessExpiresAt.ToUnixTimeSeconds();
        data["user_id"] = user.Id;
        if (token.Page is { } page)
            data["profile_id"] = page.Id;
        data["scopes"] = new JsonArray([.. user.Grant.Scopes.Select(scope => JsonValue.Create(scope))]);
        data["granular_scopes"] = new JsonArray([.. user.Grant.Scopes.Where(MetaScopes.IsGranular).Select(scope => Granular(user, scope))]);
        return data;
    }

    private JsonObject Granular(SimulatedUser user, string scope)
    {
        var pages = world.Pages.Where(page => user.Grant.PageIds.Contains(page.Id));
        var targets = scope.StartsWith("instagram_", StringComparison.Ordinal) ? pages.Select(page => page.InstagramAccountId) : pages.Select(page => page.Id);
        return new JsonObject
        {
            ["scope"] = scope,
            ["target_ids"] = new JsonArray([.. targets.Where(id => id is not null).Select(id => JsonValue.Create(id))]),
        };
    }

    private static JsonObject Error(GraphError problem)
    {
        var error = new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message };
        if (problem.Subcode is { } subcode)
            error["subcode"] = subcode;
        return error;
    }
}
