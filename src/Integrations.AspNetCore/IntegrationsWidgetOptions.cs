namespace Integrations.AspNetCore;

/// <summary>Settings of the chat widget's endpoints. Limits hold for each host: they are kept in memory.</summary>
public sealed class IntegrationsWidgetOptions
{
    /// <summary>How long a visitor is remembered after the last visit. Default 30 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Messages a minute from one visitor. Default 20.</summary>
    public int MessagesPerMinute { get; set; } = 20;

    /// <summary>Messages a minute to one widget from all visitors. Default 1200.</summary>
    public int WidgetMessagesPerMinute { get; set; } = 1200;

    /// <summary>
    /// New visitors an hour from one address (for IPv6 one /64 network), if the widget's own <c>sessions_per_hour</c> does not say
    /// otherwise. Default 30. Behind a proxy use forwarded headers, or all visitors share the proxy's address.
    /// </summary>
    public int SessionsPerHour { get; set; } = 30;

    /// <summary>Live streams of one visitor. Default 3.</summary>
    public int MaxStreamsPerVisitor { get; set; } = 3;

    /// <summary>Live streams of this host; each costs about 20 KB. Default 10,000.</summary>
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>
    /// How often a stream shows that it lives, and looks for what no hint told of. Default 15 seconds; browsers give a stream up
    /// after 45 silent ones.
    /// </summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);
}
