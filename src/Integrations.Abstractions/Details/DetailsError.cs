namespace Integrations;

/// <summary>One error in a details document. Immutable.</summary>
public sealed class DetailsError
{
    /// <summary>Where, as a JSON path: <c>$.scopes[1]</c>; <c>$</c> for the document itself.</summary>
    public required string Path { get; init; }

    /// <summary>A stable short code, such as <c>required</c>, <c>too_long</c>, <c>not_an_email</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong and what would be right, for the person who fills in the form. Never repeats a secret value.</summary>
    public required string Message { get; init; }
}
