namespace Integrations;

/// <summary>
/// What a package or host keeps of contacts beside the stores, such as files they sent: erased when their messages are. Optional:
/// register any number as singletons. Must be thread-safe, and safe to repeat.
/// </summary>
public interface IContactFiles
{
    /// <summary>Erases what one contact left.</summary>
    Task EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>Erases what all contacts of an integration left before a time. Called by the retention sweep.</summary>
    Task EraseBeforeAsync(IntegrationKey key, DateTimeOffset before, CancellationToken ct = default);

    /// <summary>Erases all of an integration.</summary>
    Task EraseAllAsync(IntegrationKey key, CancellationToken ct = default);
}
