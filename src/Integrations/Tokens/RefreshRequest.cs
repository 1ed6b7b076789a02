namespace Integrations;

/// <summary>Why a refresh is asked for. The key under which callers share one.</summary>
/// <param name="Key">The integration.</param>
/// <param name="Reason">Why.</param>
/// <param name="RejectedVersion">The version the platform refused; 0 unless that is the reason.</param>
internal readonly record struct RefreshRequest(IntegrationKey Key, RefreshReason Reason, long RejectedVersion);

/// <summary>Why a refresh is asked for.</summary>
internal enum RefreshReason
{
    /// <summary>It is due, or has expired.</summary>
    Due,

    /// <summary>The platform refused the token.</summary>
    Rejected,

    /// <summary>Somebody wants it now, whatever the schedule and earlier failures say.</summary>
    Demanded,
}
