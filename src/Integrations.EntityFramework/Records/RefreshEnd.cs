using Microsoft.EntityFrameworkCore.Query;

namespace Integrations.EntityFramework;

/// <summary>What ends with the token a refresh was about.</summary>
internal static class RefreshEnd
{
    /// <summary>No lease and no failures any more: they belonged to the token that is gone.</summary>
    public static UpdateSettersBuilder<ConnectionRecord> EndRefresh(this UpdateSettersBuilder<ConnectionRecord> connection) => connection
        .SetProperty(c => c.RefreshLeaseOwner, (string?)null)
        .SetProperty(c => c.RefreshLeaseUntil, (DateTime?)null)
        .SetProperty(c => c.RefreshFailureCount, 0)
        .SetProperty(c => c.RefreshFailingSince, (DateTime?)null);
}
