namespace Integrations;

/// <summary>Takes deauthorise and data-deletion notices of platforms. Thread-safe; repeating a notice does no harm.</summary>
public interface IPlatformNoticeIntake
{
    /// <summary>
    /// Verifies a notice and carries it out for every integration, of all clients, that the person authorised. A deletion is kept
    /// durably and carried out soon after by whichever host runs workers: tokens are wiped, contacts and messages erased. The same
    /// request again gives the same confirmation code and no work; one that concerns nobody here gets a code too.
    /// </summary>
    /// <exception cref="IntegrationException">The type is not installed or sends no notices (<see cref="IntegrationErrorKind.NotAvailable"/>).</exception>
    Task<PlatformNoticeReceipt> ReceiveAsync(IntegrationType type, PlatformNoticeRequest request, CancellationToken ct = default);

    /// <summary>How the deletion with this confirmation code stands. Null if there is none, or it was done more than 400 days ago.</summary>
    Task<DeletionStatus?> FindDeletionAsync(string confirmationCode, CancellationToken ct = default);
}
