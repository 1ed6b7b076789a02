namespace Integrations.Testing;

/// <summary>A call the simulator received, without secrets: parameter names, never values.</summary>
public sealed class SimulatedRequest
{
    /// <summary>When it arrived, by the simulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Meta's name of the host it came to, such as <c>graph.facebook.com</c> or <c>api.instagram.com</c>.</summary>
    public string Host { get; init; } = "graph.facebook.com";

    /// <summary>Path with version, without query.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Name of the endpoint, such as <c>me/accounts</c>, <c>messages</c> or <c>oauth/access_token:code</c>; null when no route matched.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Names of the query parameters.</summary>
    public required IReadOnlyList<string> QueryNames { get; init; }

    /// <summary>Names of the form fields or of the top-level JSON properties.</summary>
    public required IReadOnlyList<string> BodyNames { get; init; }

    /// <summary>Which kind of token came along.</summary>
    public SimulatedTokenKind TokenKind { get; init; }

    /// <summary>True when the token came in the Authorization header, which keeps it out of URLs and access logs.</summary>
    public bool BearerHeader { get; init; }

    /// <summary>HTTP status of the answer; 0 when the connection was cut instead.</summary>
    public int Status { get; init; }

    /// <summary>Graph error code of the answer, null when it succeeded.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Graph error subcode of the answer, if any.</summary>
    public int? ErrorSubcode { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path} -> {Status}{(ErrorCode is null ? "" : $" ({ErrorCode}/{ErrorSubcode})")}";
}
