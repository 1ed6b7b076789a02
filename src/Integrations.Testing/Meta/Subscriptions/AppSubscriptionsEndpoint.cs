namespace Integrations.Testing;

/// <summary><c>{app}/subscriptions</c>: where webhooks of an object go. Registering performs the verification GET.</summary>
internal sealed class AppSubscriptionsEndpoint(MetaWorld world)
{
    public const string PostParameters = "object callback_url verify_token fields include_values include_client_certificate";

    public GraphAnswer Get(GraphCall call)
    {
        RequireApp(call);
        lock (world.Gate)
            return GraphAnswer.List(world.Subscription is { } found ? [found.ToNode()] : []);
    }

    public async Task<GraphAnswer> PostAsync(GraphCall call, CancellationToken ct)
    {
        RequireApp(call);
        RequirePageObject(call);
        var fields = Fields(call);
        if (fields.Count == 0)
            throw GraphErrors.Invalid("The parameter fields is required").AsException();
        if (!Uri.TryCreate(call.RequireText("callback_url"), UriKind.Absolute, out var callback) || !RedirectRules.IsSecure(callback))
            throw GraphErrors.Invalid("callback_url must be an absolute https URL (http for loopback only).").AsException();

        var subscription = new AppSubscription(callback, new HashSet<string>(fields, StringComparer.Ordinal));
        if (await world.Callbacks.VerifyAsync(callback, call.RequireText("verify_token"), ct) is { } cause)
            throw GraphErrors.CallbackVerification(cause).AsException();
        lock (world.Gate)
            world.Subscription = subscription;
        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        RequireApp(call);
        if (call.Text("object") is not null)
            RequirePageObject(call);
        lock (world.Gate)
        {
            world.Subscription = Fields(call) is { Count: > 0 } fields && world.Subscription is { } found
                ? found.Without(fields)
                : null;
        }

        return GraphAnswer.Success;
    }

    private static IReadOnlyList<string> Fields(GraphCall call)
    {
        var fields = call.Parameters.List("fields");
        return fields.FirstOrDefault(field => !MetaScopes.PageFields.Contains(field)) is { } unknown
            ? throw GraphErrors.Invalid($"Invalid field: {unknown}").AsException()
            : fields;
    }

    private void RequireApp(GraphCall call)
    {
        call.RequireAppToken();
        if (call.Path[0] != world.Options.AppId)
            throw GraphErrors.Unsupported(call.Method, call.Path[0]).AsException();
    }

    private static void RequirePageObject(GraphCall call)
    {
        if (call.RequireText("object") != "page")
            throw GraphErrors.Strict("only the object \"page\" can be subscribed here; Instagram messaging is subscribed in the app dashboard.").AsException();
    }
}
