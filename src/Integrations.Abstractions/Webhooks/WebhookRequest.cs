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

    /// <summary>
    /// The query as it came: not decoded, in its order, with the question mark; empty if there is none. For platforms that sign the
    /// whole address, which is <see cref="PublicUri"/> followed by this.
    /// </summary>
    public string QueryString { get; init; } = string.Empty;

    /// <summary>
    /// The connection of the account this call claims to be for, to verify it with. Nothing is proven by its being there. Null unless
    /// the provider is an <see cref="IWebhookAccountReader"/>, the call names an account, and that account is connected here.
    /// </summary>
    public ConnectionContext? Connection { get; init; }

    /// <summary>The raw body. Valid during the call only.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
