namespace Integrations.Testing;

/// <summary>How the simulated Graph API is broken.</summary>
public enum MetaOutage
{
    /// <summary>Connections are cut without an answer and nothing is done.</summary>
    ConnectionsCut,

    /// <summary>HTTP 503 with an HTML page instead of JSON.</summary>
    HtmlErrors,

    /// <summary>HTTP 500 with a Graph error of code 2 and <c>is_transient</c> true.</summary>
    TransientErrors,

    /// <summary>HTTP 200 with a body that is not JSON.</summary>
    Garbage,
}
