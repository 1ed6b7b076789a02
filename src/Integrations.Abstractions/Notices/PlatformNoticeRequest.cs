namespace Integrations;

/// <summary>A notice as it came in.</summary>
public sealed class PlatformNoticeRequest
{
    /// <summary>Which endpoint it came to.</summary>
    public required PlatformNoticeKind Kind { get; init; }

    /// <summary>The form fields, decoded.</summary>
    public required IReadOnlyDictionary<string, string> Form { get; init; }
}
