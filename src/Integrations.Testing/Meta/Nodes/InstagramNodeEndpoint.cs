namespace Integrations.Testing;

/// <summary>Reading the account that logged in, or one of its contacts, on graph.instagram.com.</summary>
internal sealed class InstagramNodeEndpoint(MetaWorld world)
{
    public GraphAnswer Me(GraphCall call)
    {
        lock (world.Gate)
        {
            var account = call.RequireAccount("me");
            call.RequireScope(InstagramScopes.Basic);
            return call.Pick("IGUser", account.ToLoginNode(), "id");
        }
    }

    public GraphAnswer Get(GraphCall call)
    {
        var id = call.Path[0];
        lock (world.Gate)
        {
            var account = call.RequireAccount("me");
            if (account.Id == id)
                return Me(call);
            call.RequireScope(InstagramScopes.Messages);
            return Contact(call, account);
        }
    }

    /// <summary>Also how graph.facebook.com reads a contact, with the token of the linked Page.</summary>
    public static GraphAnswer Contact(GraphCall call, SimulatedInstagramAccount account)
    {
        var contact = account.ContactList.Find(found => found.Id == call.Path[0])
            ?? throw GraphErrors.Unsupported(call.Method, call.Path[0]).AsException();
        if (contact.ProfileHidden)
            throw GraphErrors.NoProfileConsent.AsException();
        return call.Pick("IGBusinessScopedID", contact.ToNode(), "name,username,profile_pic");
    }
}
