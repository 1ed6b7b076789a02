namespace Integrations.AspNetCore;

/// <summary>Leave to upload one file. Immutable.</summary>
public sealed class WidgetUploadTicket
{
    /// <summary>Names the upload in a message later.</summary>
    public required string Id { get; init; }

    /// <summary>Where the browser PUTs the bytes.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers to send along.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
