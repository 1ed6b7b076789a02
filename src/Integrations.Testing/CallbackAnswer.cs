namespace Integrations.Testing;

/// <summary>What a callback answered to a <c>signed_request</c> POST.</summary>
public sealed class CallbackAnswer
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Body text.</summary>
    public required string Body { get; init; }

    /// <summary>The status page named by a data deletion answer; null when the body is not the documented JSON.</summary>
    public Uri? StatusUrl { get; init; }

    /// <summary>The confirmation code of a data deletion answer; null when the body is not the documented JSON.</summary>
    public string? ConfirmationCode { get; init; }

    /// <summary>True when the body is JSON with exactly the two keys that Meta documents.</summary>
    public bool IsDocumentedDeletionAnswer { get; init; }
}
