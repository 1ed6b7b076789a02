namespace Integrations;

/// <summary>A due refresh whose lease was taken.</summary>
public sealed class ClaimedRefresh
{
    /// <summary>The integration, read after the lease was taken.</summary>
    public required StoredIntegration Stored { get; init; }

    /// <summary>
    /// True if another had let its lease run out: it may have called the platform and not stored the answer, so a refusal that
    /// follows may be its doing.
    /// </summary>
    public bool TookOver { get; init; }
}
