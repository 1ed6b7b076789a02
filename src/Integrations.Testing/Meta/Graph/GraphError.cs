using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>An answer in Graph's error shape.</summary>
internal sealed record GraphError(int Code, string Message, int? Subcode = null, int Status = 400)
{
    public string Type { get; init; } = "OAuthException";

    public bool IsTransient { get; init; }

    /// <summary>Third word of the WWW-Authenticate challenge (<c>invalid_code</c>, <c>invalid_token</c>), null for no challenge.</summary>
    public string? Challenge { get; init; }

    public GraphErrorException AsException() => new(this);

    public JsonObject ToJson(string traceId)
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Subcode is { } subcode)
            error["error_subcode"] = subcode;
        if (IsTransient)
            error["is_transient"] = true;
        error["fbtrace_id"] = traceId;
        return new JsonObject { ["error"] = error };
    }
}

/// <summary>Ends a call with an error answer; never leaves the simulator.</summary>
internal sealed class GraphErrorException(GraphError error) : Exception(error.Message)
{
    public GraphError Error { get; } = error;
}
