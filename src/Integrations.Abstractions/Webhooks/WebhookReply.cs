namespace Integrations;

/// <summary>An immediate answer to a webhook call. Immutable.</summary>
public sealed class WebhookReply
{
    /// <summary>The HTTP status. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The content type. Default <c>text/plain</c>.</summary>
    public string ContentType { get; init; } = "text/plain";

    /// <summary>The body, sent as UTF-8.</summary>
    public string Body { get; init; } = string.Empty;
}
