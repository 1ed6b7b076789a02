namespace Integrations.Testing;

/// <summary>One line of the routing table.</summary>
internal sealed class GraphRoute(string method, string pattern, string name, string parameters, Func<GraphCall, CancellationToken, Task<GraphAnswer>> handle)
{
    private readonly string[] _segments = pattern.Split('/');
    private readonly string[] _parameters = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public GraphRoute(string method, string pattern, string name, string parameters, Func<GraphCall, GraphAnswer> handle)
        : this(method, pattern, name, parameters, (call, _) => Task.FromResult(handle(call)))
    {
    }

    public string Method => method;

    /// <summary>How requests are counted and faults addressed.</summary>
    public string Name => name;

    public Func<GraphCall, CancellationToken, Task<GraphAnswer>> Handle => handle;

    /// <summary>False only for the code exchanges, which authenticate by client secret.</summary>
    public bool TakesToken { get; init; } = name != TokenEndpoint.Name;

    /// <summary>False for the few paths that Meta documents without a version.</summary>
    public bool Versioned { get; init; } = true;

    /// <summary>Whether a proof may come along: graph.facebook.com only.</summary>
    public bool TakesProof { get; init; } = true;

    public bool Matches(string[] path)
    {
        if (path.Length != _segments.Length)
            return false;
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i] != "*" && _segments[i] != path[i] && !(_segments[i] == "#" && path[i].All(char.IsAsciiDigit)))
                return false;
        }

        return true;
    }

    public bool Allows(string parameter) =>
        Array.IndexOf(_parameters, parameter) >= 0 || (TakesToken && (parameter == "access_token" || (TakesProof && parameter == "appsecret_proof")));
}
