using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A details document to check.</summary>
public sealed class DetailsValidationContext
{
    /// <summary>The document as text. Comments and trailing commas are allowed.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Json { get; init; }

    /// <summary>
    /// True once an account is connected: then properties that the connection fills, such as <c>page_id</c>, must be there.
    /// False for the form a person fills in before.
    /// </summary>
    public bool IsConnected { get; init; }
}
