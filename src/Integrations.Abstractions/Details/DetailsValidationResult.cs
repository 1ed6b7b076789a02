using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>A checked details document: normalised, or with every error found. Immutable.</summary>
public sealed class DetailsValidationResult
{
    /// <summary>The document with defaults filled in and unknown properties kept. Empty if there are errors.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>All errors, in document order.</summary>
    public IReadOnlyList<DetailsError> Errors { get; init; } = [];

    /// <summary>True if there are no errors.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>A valid document.</summary>
    public static DetailsValidationResult Valid(JsonObject details) => new() { Details = details };

    /// <summary>A refused document.</summary>
    public static DetailsValidationResult Invalid(params IReadOnlyList<DetailsError> errors) => new() { Errors = errors };
}
