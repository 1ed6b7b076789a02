namespace Integrations;

/// <summary>A file or rich content in a message, either way. Immutable.</summary>
public sealed class MessageAttachment
{
    /// <summary>The kind: <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>, or the platform's own word.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// Where its content is. Null if the platform gave none. As inbound it may be relative or short-lived, and is not to be
    /// fetched without an allow-list of hosts.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>A title or file name. Null if none.</summary>
    public string? Title { get; init; }

    /// <summary>The platform's id of the content. Null if none.</summary>
    public string? PlatformId { get; init; }
}
