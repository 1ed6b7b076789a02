using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>{node}/subscribed_apps</c>: which events of a Page or an account the app receives. One bad field fails the whole call.</summary>
internal abstract class SubscribedApps<TNode>(MetaWorld world)
{
    protected MetaWorld World => world;

    protected abstract IReadOnlySet<string> KnownFields { get; }

    public GraphAnswer Get(GraphCall call)
    {
        lock (world.Gate)
            return GraphAnswer.List(FieldsOf(NodeOf(call)) is { } fields ? [Describe(fields)] : []);
    }

    /// <summary>Replaces the field list of this app.</summary>
    public GraphAnswer Post(GraphCall call)
    {
        lock (world.Gate)
        {
            var node = NodeOf(call);
            var fields = call.Parameters.List("subscribed_fields");
            if (fields.Count == 0)
                throw GraphErrors.Invalid("The parameter subscribed_fields is required.").AsException();
            for (var i = 0; i < fields.Count; i++)
                Check(call, fields[i], i);
            Subscribe(node, fields);
        }

        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        lock (world.Gate)
            Unsubscribe(NodeOf(call));
        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    /// <summary>The Page or account the call may change.</summary>
    protected abstract TNode NodeOf(GraphCall call);

    protected abstract IReadOnlyList<string>? FieldsOf(TNode node);

    protected abstract void Subscribe(TNode node, IReadOnlyList<string> fields);

    protected abstract void Unsubscribe(TNode node);

    protected abstract void RequireScopeOf(GraphCall call, string field);

    /// <summary>How the host describes the app itself.</summary>
    protected abstract JsonObject DescribeApp();

    private void Check(GraphCall call, string field, int index)
    {
        if (!KnownFields.Contains(field) || world.Options.UnavailableFields.Contains(field))
            throw GraphErrors.Invalid($"Param subscribed_fields[{index}] must be one of {{{string.Join(", ", KnownFields.Order())}}} - got \"{field}\".").AsException();
        RequireScopeOf(call, field);
    }

    private JsonObject Describe(IEnumerable<string> fields)
    {
        var app = DescribeApp();
        app["subscribed_fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]);
        return app;
    }
}
