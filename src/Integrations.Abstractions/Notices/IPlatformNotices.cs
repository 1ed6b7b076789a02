namespace Integrations;

/// <summary>A provider whose platform says when a person removed the app or wants their data deleted.</summary>
public interface IPlatformNotices
{
    /// <summary>Verifies a notice and says whom it is about. Never throws for bad input.</summary>
    Task<PlatformNoticeResult> ReadNoticeAsync(PlatformNoticeRequest request, CancellationToken ct = default);
}
