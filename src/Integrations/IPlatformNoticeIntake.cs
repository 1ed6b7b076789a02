namespace Integrations;

/// <summary>Takes deauthorise and data-deletion notices of platforms. Thread-safe; repeating a notice does no harm.</summary>
public interface IPlatformNoticeIntake
{
    /// <summary>Verifies a notice and carries it out for every integration the person authorised.</summary>
    /// <exception cref="IntegrationException">The type is not installed or sends no notices (<see cref="IntegrationErrorKind.NotAvailable"/>).</exception>
    Task<PlatformNoticeReceipt> ReceiveAsync(IntegrationType type, PlatformNoticeRequest request, CancellationToken ct = default);

    /// <summary>Whether a data-deletion notice with this confirmation code was carried out here.</summary>
    Task<bool> IsKnownConfirmationAsync(string confirmationCode, CancellationToken ct = default);
}
