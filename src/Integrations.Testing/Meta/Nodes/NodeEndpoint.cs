namespace Integrations.Testing;

/// <summary>Reading one node: the person, a Page or a contact.</summary>
internal sealed class NodeEndpoint(MetaWorld world)
{
    public GraphAnswer Me(GraphCall call)
    {
        lock (world.Gate)
        {
            return call.Token switch
            {
                { Page: { } page } => call.Pick("Page", page.ToNode(call.Token), "name,id"),
                { User: { } user } => call.Pick("User", user.ToNode(), "name,id"),
                _ => throw GraphErrors.NoToken.AsException(),
            };
        }
    }

    public GraphAnswer Get(GraphCall call)
    {
        var id = call.Path[0];
        lock (world.Gate)
        {
            if (call.Token is not { User: { } user } token)
                throw GraphErrors.NoToken.AsException();
            if (token.Kind == SimulatedTokenKind.User && user.Id == id)
                return call.Pick("User", user.ToNode(), "name,id");
            if (world.FindPage(id) is { } page && CanSee(token.Page, user, page))
                return call.Pick("Page", page.ToNode(token), "name,id");
            if (world.FindInstagramAccount(id) is { Page: { } linked } account && CanSee(token.Page, user, linked))
                return InstagramAccount(call, account);
            if (world.FindInstagramContact(id) is { Account: { Page: { } home } reached } && CanSee(token.Page, user, home))
                return InstagramContact(call, reached);
            if (world.FindContact(id) is { } contact)
                return Contact(call, contact);
        }

        throw GraphErrors.Unsupported(call.Method, id).AsException();
    }

    // A person who has granted nothing of Pages has shown the app none, and its token opens none.
    private static bool CanSee(SimulatedPage? actingAs, SimulatedUser user, SimulatedPage page) =>
        (actingAs is null ? user.Grant.Scopes.Any(MetaScopes.IsGranular) : actingAs == page) && user.Grant.PageIds.Contains(page.Id) && page.TasksOf(user).Count > 0;

    private static GraphAnswer InstagramAccount(GraphCall call, SimulatedInstagramAccount account)
    {
        call.RequireScope(MetaScopes.InstagramBasic);
        return call.Pick("IGUser", account.ToNode(), "id");
    }

    private static GraphAnswer InstagramContact(GraphCall call, SimulatedInstagramAccount account)
    {
        call.RequirePageToken("me");
        call.RequireScope(MetaScopes.InstagramMessages);
        return InstagramNodeEndpoint.Contact(call, account);
    }

    private static GraphAnswer Contact(GraphCall call, SimulatedContact contact)
    {
        if (call.RequirePageToken("me") != contact.Page)
            throw GraphErrors.Unsupported(call.Method, contact.Id).AsException();
        call.RequireScope(MetaScopes.Messaging);
        if (contact.ProfileHidden)
            throw GraphErrors.NoProfileConsent.AsException();
        return call.Pick("User", contact.ToNode(), "first_name,last_name,profile_pic");
    }
}
