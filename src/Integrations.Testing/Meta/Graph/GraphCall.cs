using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>One parsed call: where it goes, what it carries and on whose behalf.</summary>
internal sealed class GraphCall
{
    public required MetaWorld World { get; init; }

    public required string Method { get; init; }

    public required string Version { get; init; }

    /// <summary>Path without version.</summary>
    public required string[] Path { get; init; }

    public required GraphParameters Parameters { get; init; }

    public AccessToken? Token { get; set; }

    public string? Text(string name) => Parameters.Text(name);

    public string RequireText(string name) =>
        Text(name) is { Length: > 0 } value ? value : throw GraphErrors.Invalid($"The parameter {name} is required").AsException();

    public SimulatedUser RequireUserToken() =>
        RequireToken() is { Kind: SimulatedTokenKind.User, User: { } user } ? user : throw GraphErrors.UserTokenNeeded.AsException();

    public void RequireAppToken()
    {
        if (RequireToken().Kind != SimulatedTokenKind.App)
            throw GraphErrors.AppTokenNeeded.AsException();
    }

    /// <summary>The Page the token acts as, which must be the node the path names (<c>me</c> or the Page's id).</summary>
    public SimulatedPage RequirePageToken(string node)
    {
        if (RequireToken() is not { Kind: SimulatedTokenKind.Page, Page: { } page, User: { } user })
            throw GraphErrors.PageTokenNeeded.AsException();
        if (node != "me" && node != page.Id)
            throw GraphErrors.Unsupported(Method, node).AsException();
        if (!user.Grant.PageIds.Contains(page.Id))
            throw GraphErrors.Permission("the Page").AsException();
        return page;
    }

    /// <summary>The account the token was given for, which must be the node the path names (<c>me</c> or the account's id).</summary>
    public SimulatedInstagramAccount RequireAccount(string node)
    {
        if (RequireToken().Account is not { } account)
            throw GraphErrors.Malformed.AsException();
        return node == "me" || node == account.Id ? account : throw GraphErrors.Unsupported(Method, node).AsException();
    }

    public void RequireScope(string scope)
    {
        if (Token?.Grant?.Scopes.Contains(scope) != true)
            throw GraphErrors.Permission(scope).AsException();
    }

    public void RequireTask(SimulatedPage page, params ReadOnlySpan<string> anyOf)
    {
        var tasks = page.TasksOf(Token!.User!);
        foreach (var task in anyOf)
        {
            if (tasks.Contains(task) || tasks.Contains("PROFILE_PLUS_FULL_CONTROL") || tasks.Contains("PROFILE_PLUS_" + task))
                return;
        }

        throw GraphErrors.NoTask(string.Join(", ", anyOf)).AsException();
    }

    /// <summary>Picks the asked fields of a node; one that the node does not have fails the call, as at Meta.</summary>
    public JsonObject Pick(string nodeType, JsonObject node, string defaults)
    {
        var picked = new JsonObject();
        foreach (var (field, inner) in FieldExpression.Parse(Text("fields") ?? defaults).Fields.Append(("id", null)))
        {
            if (picked.ContainsKey(field))
                continue;
            if (!node.TryGetPropertyValue(field, out var value))
                throw GraphErrors.Invalid($"Tried accessing nonexisting field ({field}) on node type ({nodeType})").AsException();
            if (value is not null)
                picked[field] = Inner(value, field, inner);
        }

        return picked;
    }

    // A node inside a node shows its id, or what the braces ask for.
    private static JsonNode Inner(JsonNode value, string field, FieldExpression? asked)
    {
        if (value is not JsonObject inner || !inner.ContainsKey("id"))
            return asked is null ? value.DeepClone() : throw GraphErrors.NoSubfields(field).AsException();
        var picked = new JsonObject();
        foreach (var (name, deeper) in asked?.Fields ?? [("id", null)])
        {
            if (!inner.TryGetPropertyValue(name, out var found))
                throw GraphErrors.Invalid($"Tried accessing nonexisting field ({name}) of {field}").AsException();
            picked[name] = found is null ? null : Inner(found, name, deeper);
        }

        return picked;
    }

    private AccessToken RequireToken() => Token ?? throw GraphErrors.NoToken.AsException();
}
