namespace Integrations.AspNetCore;

/// <summary>A file a visitor wants to send. All of it is the browser's word. Immutable.</summary>
public sealed class WidgetUploadRequest
{
    /// <summary>The widget.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The visitor.</summary>
    public required string VisitorId { get; init; }

    /// <summary>The file's name, without a path.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type.</summary>
    public required string Type { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }
}
