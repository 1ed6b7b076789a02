namespace Integrations;

/// <summary>A webhook call as it came in.</summary>
public sealed class WebhookRequest
{
    /// <summary>The HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The configured public address of this endpoint, never taken from the request's own headers.</summary>
    public required Uri PublicUri { get; init; }

    /// <summary>Headers; look-up ignores case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Query parameters, decoded.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The raw body. Valid during the call only.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
