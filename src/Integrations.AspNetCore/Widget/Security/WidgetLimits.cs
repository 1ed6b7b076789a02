using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Integrations.AspNetCore;

/// <summary>How much one visitor, one address and one widget may do. In memory: each host counts for itself. Thread-safe.</summary>
internal sealed class WidgetLimits : IDisposable
{
    private const int MinutesAnHour = 60;

    private readonly PartitionedRateLimiter<string> _messages;
    private readonly PartitionedRateLimiter<Guid> _widgets;
    private readonly PartitionedRateLimiter<string> _typing;
    private readonly PartitionedRateLimiter<(string Address, int PerHour)> _sessions;
    private readonly IntegrationsWidgetOptions _options;

    public WidgetLimits(IntegrationsWidgetOptions options)
    {
        _options = options;
        _messages = PartitionedRateLimiter.Create<string, string>(visitor => RateLimitPartition.GetTokenBucketLimiter(
            visitor, _ => Bucket(options.MessagesPerMinute, TimeSpan.FromMinutes(1))));
        _widgets = PartitionedRateLimiter.Create<Guid, Guid>(widget => RateLimitPartition.GetTokenBucketLimiter(
            widget, _ => Bucket(options.WidgetMessagesPerMinute, TimeSpan.FromMinutes(1))));
        _typing = PartitionedRateLimiter.Create<string, string>(visitor => RateLimitPartition.GetTokenBucketLimiter(
            visitor, _ => Bucket(60, TimeSpan.FromMinutes(1))));
        _sessions = PartitionedRateLimiter.Create<(string, int PerHour), (string, int PerHour)>(address => RateLimitPartition.GetTokenBucketLimiter(
            address, key => Bucket(key.PerHour, TimeSpan.FromMinutes(MinutesAnHour))));
    }

    /// <summary>How long to wait. Null if it may go on.</summary>
    public TimeSpan? Message(WidgetSite site, string visitor) =>
        Take(_messages, $"{site.Key.IntegrationId:N}{visitor}") ?? Take(_widgets, site.Key.IntegrationId);

    /// <inheritdoc cref="Message"/>
    public TimeSpan? Typing(WidgetSite site, string visitor) => Take(_typing, $"{site.Key.IntegrationId:N}{visitor}");

    /// <inheritdoc cref="Message"/>
    public TimeSpan? Session(WidgetSite site, IPAddress? address) =>
        Take(_sessions, ($"{site.Key.IntegrationId:N}{Network(address)}", site.Settings.SessionsPerHour ?? _options.SessionsPerHour));

    public void Dispose()
    {
        _messages.Dispose();
        _widgets.Dispose();
        _typing.Dispose();
        _sessions.Dispose();
    }

    private static TimeSpan? Take<T>(PartitionedRateLimiter<T> limiter, T resource)
    {
        using var lease = limiter.AttemptAcquire(resource);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    private static TokenBucketRateLimiterOptions Bucket(int count, TimeSpan period) => new()
    {
        TokenLimit = Math.Max(1, count),
        TokensPerPeriod = 1,
        ReplenishmentPeriod = period / Math.Max(1, count),
        QueueLimit = 0,
        AutoReplenishment = false, // the partitioned limiter replenishes all with one timer
    };

    /// <summary>Whoever has one IPv6 address has the 2^64 beside it too.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return string.Empty;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
