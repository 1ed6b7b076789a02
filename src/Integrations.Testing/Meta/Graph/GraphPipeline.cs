namespace Integrations.Testing;

/// <summary>Takes a request from the socket to its route and writes the answer and the log entry.</summary>
internal sealed class GraphPipeline(MetaWorld world)
{
    private readonly IReadOnlyList<GraphRoute> _facebook = GraphRoutes.For(world);
    private readonly IReadOnlyList<GraphRoute> _instagramApi = InstagramRoutes.Api(world);
    private readonly IReadOnlyList<GraphRoute> _instagramGraph = InstagramRoutes.Graph(world);
    private readonly InstagramDialogEndpoint _instagramDialog = new(world);
    private readonly DialogEndpoint _dialog = new(world);

    public async Task HandleAsync(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var versioned = segments.Length > 0 && GraphVersions.LooksLike(segments[0]);
        var host = world.HostOf(http.Connection.LocalPort);
        if (host == MetaHost.Facebook && !versioned && world.Options.ControlPages is { } pages && await pages(world.Simulator, http))
            return;

        var exchange = new GraphExchange(world, host, http);
        if (world.Faults.Outage is { } outage)
        {
            await exchange.BreakAsync(outage);
            return;
        }

        if (host == MetaHost.InstagramDialog && segments is ["oauth", "authorize"])
            await _instagramDialog.HandleAsync(exchange);
        else if (host == MetaHost.Facebook && versioned && segments is [_, "dialog", "oauth"] && GraphVersions.Exists(segments[0], world.Options.GraphVersion))
            await _dialog.HandleAsync(exchange);
        else
            await GraphAsync(exchange, versioned, segments);
    }

    private async Task GraphAsync(GraphExchange exchange, bool versioned, string[] segments)
    {
        try
        {
            await exchange.ReadAsync();
            var route = Find(exchange, versioned, segments);
            var path = versioned ? segments[1..] : segments;
            exchange.Endpoint = route.Name == TokenEndpoint.Name ? TokenEndpoint.NameOf(exchange.Parameters) : route.Name;
            RefuseParameters(exchange.Parameters, route);

            var call = new GraphCall
            {
                World = world,
                Method = route.Method,
                Version = segments[0],
                Path = path,
                Parameters = exchange.Parameters,
                Token = route.TakesToken ? TokenGate.Resolve(world, exchange.Host, exchange.Bearer, exchange.Parameters) : null,
            };
            Throttle.Check(world, exchange, call);
            if (world.Faults.TakeBreak(exchange.Endpoint) is { } kind)
            {
                await exchange.BreakAsync(kind);
                return;
            }

            if (world.Faults.TakeFailure(exchange.Endpoint) is { } failure)
                throw failure.AsException();

            var answer = await route.Handle(call, exchange.Aborted);
            await exchange.AnswerAsync(answer);
        }
        catch (GraphErrorException refused)
        {
            await exchange.RefuseAsync(refused.Error);
        }
    }

    private GraphRoute Find(GraphExchange exchange, bool versioned, string[] segments)
    {
        if (exchange.Parameters.Has("ids") && segments.Length <= 1)
            throw GraphErrors.Invalid("The ids parameter was removed: query each node (changelog v26.0).").AsException();
        if (versioned && !GraphVersions.Exists(segments[0], world.Options.GraphVersion))
            throw GraphErrors.UnknownPath(string.Join('/', segments)).AsException();

        var path = versioned ? segments[1..] : segments;
        var matches = RoutesOf(exchange.Host).Where(route => route.Versioned == versioned && route.Matches(path)).ToList();
        if (matches.Count == 0)
            throw GraphErrors.UnknownPath(string.Join('/', segments)).AsException();
        return matches.Find(route => route.Method == exchange.Method)
            ?? throw GraphErrors.Unsupported(exchange.Method, path[0]).AsException();
    }

    private IReadOnlyList<GraphRoute> RoutesOf(MetaHost host) => host switch
    {
        MetaHost.Facebook => _facebook,
        MetaHost.InstagramApi => _instagramApi,
        MetaHost.InstagramGraph => _instagramGraph,
        _ => [],
    };

    private static void RefuseParameters(GraphParameters parameters, GraphRoute route)
    {
        if (parameters.Problem is { } problem)
            throw problem.AsException();
        foreach (var name in parameters.Names)
        {
            // Removed from every supported version on 2026-10-27 (changelog of v26.0).
            if (name is "pretty" or "debug" or "date_format")
                throw GraphErrors.Invalid($"The parameter {name} was removed (changelog v26.0).").AsException();
            if (!route.Allows(name))
                throw GraphErrors.Strict($"unknown parameter {name} for {route.Method} {route.Name}.").AsException();
        }
    }
}
