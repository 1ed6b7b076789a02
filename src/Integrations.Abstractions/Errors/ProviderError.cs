namespace Integrations;

/// <summary>A protocol failure, as a value. Holds nothing secret and no text of the platform's that could hold it. Immutable.</summary>
public sealed class ProviderError
{
    /// <summary>What it means.</summary>
    public required ProviderErrorKind Kind { get; init; }

    /// <summary>The platform's own code, such as <c>190/460</c> or <c>invalid_grant</c>; a short token, never a sentence.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do, written by the provider for the owner or operator. Null for none.</summary>
    public string? SafeMessage { get; init; }

    /// <summary>How long to wait. Null if the platform did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The platform's support id for this call, such as Meta's <c>fbtrace_id</c>. Null if none.</summary>
    public string? TraceId { get; init; }

    /// <summary>The HTTP status. Null if there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The text kept in <c>last_error</c>: <c>Kind: safe text (code)</c>.</summary>
    public override string ToString() => SafeMessage is null ? $"{Kind}: {Code}" : $"{Kind}: {SafeMessage} ({Code})";
}
