namespace Integrations;

/// <summary>
/// An <see cref="IChannelActivator"/> that can ask whether the platform still delivers. Platforms drop subscriptions by themselves,
/// Meta after an hour of failed webhooks: the runtime asks from time to time, and activates again what was dropped.
/// </summary>
public interface IActivationProbe
{
    /// <summary>
    /// Asks, and changes nothing. Says no only if <see cref="IChannelActivator.ActivateAsync"/> would bring back something without which
    /// messages are lost; what the platform always refuses does not count.
    /// </summary>
    Task<ActivationProbeResult> ProbeActivationAsync(ConnectionContext connection, CancellationToken ct = default);
}
