using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>me/permissions</c> and <c>{user-id}/permissions</c> (developers.facebook.com/docs/graph-api/reference/user/permissions).</summary>
internal sealed class PermissionsEndpoint(MetaWorld world)
{
    public GraphAnswer List(GraphCall call)
    {
        lock (world.Gate)
        {
            var grant = UserOf(call).Grant;
            return GraphAnswer.List(
                grant.Scopes.Select(scope => Entry(scope, "granted")).Concat(grant.Declined.Select(scope => Entry(scope, "declined"))));
        }
    }

    public GraphAnswer RevokeAll(GraphCall call)
    {
        UserOf(call).RevokeConsent();
        return GraphAnswer.Success;
    }

    public GraphAnswer RevokeOne(GraphCall call)
    {
        var scope = call.Path[2];
        if (!MetaScopes.Known.Contains(scope))
            throw GraphErrors.Invalid($"Invalid permission: {scope}").AsException();
        UserOf(call).RevokePermission(scope);
        return GraphAnswer.Success;
    }

    private SimulatedUser UserOf(GraphCall call)
    {
        var node = call.Path[0];
        if (call.Token?.Kind == SimulatedTokenKind.App && node != "me")
        {
            lock (world.Gate)
                return world.FindUser(node) ?? throw GraphErrors.Unsupported(call.Method, node).AsException();
        }

        var user = call.RequireUserToken();
        return node == "me" || node == user.Id ? user : throw GraphErrors.Unsupported(call.Method, node).AsException();
    }

    private static JsonObject Entry(string scope, string status) => new() { ["permission"] = scope, ["status"] = status };
}
