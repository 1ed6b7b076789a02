using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>The same secrets, sealed anew.</summary>
public sealed class SealedReplacement
{
    /// <summary>The <see cref="ConnectionRecord.TokenVersion"/> that was read.</summary>
    public required long TokenVersion { get; init; }

    /// <summary>The <see cref="ConnectionRecord.ConfigurationVersion"/> that was read.</summary>
    public required long ConfigurationVersion { get; init; }

    /// <summary>The token, sealed. Null if there is none.</summary>
    public string? AuthToken { get; init; }

    /// <summary>The refresh token, sealed. Null if there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The details document, secrets sealed.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Details { get; init; }
}
