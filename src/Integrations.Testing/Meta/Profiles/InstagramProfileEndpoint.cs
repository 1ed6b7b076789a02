namespace Integrations.Testing;

/// <summary><c>messenger_profile</c> of an Instagram account: ice breakers and persistent menu, no greeting and no get-started button.</summary>
internal sealed class InstagramProfileEndpoint(MetaWorld world)
{
    public const string Properties = "ice_breakers persistent_menu platform";
    private static readonly ProfileEdge s_account = new("ice_breakers", "persistent_menu");

    public GraphAnswer Get(GraphCall call)
    {
        lock (world.Gate)
            return Read(call, AccountOf(call));
    }

    public GraphAnswer Post(GraphCall call)
    {
        if (call.Text("platform") is not (null or "instagram"))
            throw GraphErrors.Invalid("Param platform must be one of {instagram}.").AsException();
        lock (world.Gate)
            Write(call, AccountOf(call));
        world.Changed.Pulse();
        return ProfileEdge.Done;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        lock (world.Gate)
            Remove(call, AccountOf(call));
        world.Changed.Pulse();
        return ProfileEdge.Done;
    }

    // These three also serve graph.facebook.com, for the account that is linked to a Page.
    public static GraphAnswer Read(GraphCall call, SimulatedInstagramAccount account) => s_account.Read(call, account.MessengerProfile);

    public static GraphAnswer Write(GraphCall call, SimulatedInstagramAccount account)
    {
        if (call.Parameters.Names.FirstOrDefault(name => name is "get_started" or "greeting" or "whitelisted_domains") is { } foreign)
            throw GraphErrors.Invalid($"Param {foreign} does not exist for Instagram.").AsException();
        // A menu needs no get-started button here, because there is none.
        return s_account.Write(call, account.MessengerProfile, menuNeedsButton: false);
    }

    public static GraphAnswer Remove(GraphCall call, SimulatedInstagramAccount account) => s_account.Remove(call, account.MessengerProfile);

    private static SimulatedInstagramAccount AccountOf(GraphCall call)
    {
        var account = call.RequireAccount(call.Path[0]);
        call.RequireScope(InstagramScopes.Messages);
        return account;
    }
}
