namespace Integrations.AspNetCore;

/// <summary>
/// Where visitors' files go: an object store that takes them directly from the browser. Optional: register it as a singleton; without
/// one the widget takes no files. Must be thread-safe.
/// </summary>
public interface IWidgetUploads
{
    /// <summary>Media types taken, such as <c>image/*</c> and <c>application/pdf</c>. Enforced by the widget and the endpoint.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>The largest file, in bytes. The store enforces it too: a browser's word is not proof.</summary>
    long MaxBytes { get; }

    /// <summary>Prepares one upload, for example by signing an address. Null to refuse it.</summary>
    Task<WidgetUploadTicket?> CreateAsync(WidgetUploadRequest request, CancellationToken ct = default);

    /// <summary>
    /// Finds a finished upload of this visitor by its id. Null if there is none, also if it is another visitor's: ids come from
    /// browsers.
    /// </summary>
    Task<MessageAttachment?> FindAsync(IntegrationKey key, string visitorId, string uploadId, CancellationToken ct = default);

    /// <summary>
    /// Where the visitor's browser reads an upload, asked each time a conversation is shown, for addresses that expire. Null
    /// for the address that <see cref="FindAsync"/> gave.
    /// </summary>
    Uri? AddressOf(IntegrationKey key, string visitorId, string uploadId);
}
