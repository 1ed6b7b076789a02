namespace Integrations.Testing;

/// <summary>
/// <c>messenger_profile</c> of graph.facebook.com: greeting, get-started button, persistent menu, ice breakers of a Page, and with
/// <c>platform=instagram</c> what the linked account has.
/// </summary>
internal sealed class MessengerProfileEndpoint(MetaWorld world)
{
    public const string Properties = "get_started greeting persistent_menu ice_breakers whitelisted_domains";
    public const string PostParameters = Properties + " platform";
    private static readonly ProfileEdge s_page = new(Properties.Split(' '));

    public GraphAnswer Get(GraphCall call)
    {
        lock (world.Gate)
            return AccountOf(call) is { } account ? InstagramProfileEndpoint.Read(call, account) : s_page.Read(call, PageOf(call).MessengerProfile);
    }

    public GraphAnswer Post(GraphCall call) => Change(() => AccountOf(call) is { } account
        ? InstagramProfileEndpoint.Write(call, account)
        : s_page.Write(call, PageOf(call).MessengerProfile, menuNeedsButton: true));

    public GraphAnswer Delete(GraphCall call) => Change(() => AccountOf(call) is { } account
        ? InstagramProfileEndpoint.Remove(call, account)
        : s_page.Remove(call, PageOf(call).MessengerProfile));

    private GraphAnswer Change(Func<GraphAnswer> change)
    {
        GraphAnswer answer;
        lock (world.Gate)
            answer = change();
        world.Changed.Pulse();
        return answer;
    }

    /// <summary>The linked account when the call says <c>platform=instagram</c>, otherwise null.</summary>
    private static SimulatedInstagramAccount? AccountOf(GraphCall call)
    {
        if (call.Text("platform") is not { } platform || platform == "messenger")
            return null;
        if (platform != "instagram")
            throw GraphErrors.Invalid("Param platform must be one of {instagram, messenger}.").AsException();
        var page = call.RequirePageToken(call.Path[0]);
        call.RequireScope(MetaScopes.InstagramMessages);
        return page.InstagramAccount ?? throw GraphErrors.Invalid("The Page has no Instagram account.").AsException();
    }

    private static SimulatedPage PageOf(GraphCall call)
    {
        var page = call.RequirePageToken(call.Path[0]);
        call.RequireScope(MetaScopes.Messaging);
        return page;
    }
}
