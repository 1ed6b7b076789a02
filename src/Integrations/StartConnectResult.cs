using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>Where to send the browser, or why not. Immutable.</summary>
public sealed class StartConnectResult
{
    /// <summary>The consent dialog. Null on failure.</summary>
    public Uri? AuthorizationUri { get; init; }

    /// <summary>To be kept in the browser (an HttpOnly cookie) until the callback.</summary>
    public Secret BrowserToken { get; init; }

    /// <summary>When the attempt expires.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it could not start. Null on success.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if the browser can go.</summary>
    [MemberNotNullWhen(true, nameof(AuthorizationUri))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
