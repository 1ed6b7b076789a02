namespace Integrations;

/// <summary>
/// Carries hints between the hosts of one installation, so that an answer written on one reaches a visitor connected to another at
/// once. The default serves one process. Thread-safe.
/// </summary>
public interface IWidgetBackplane
{
    /// <summary>
    /// Tells every host, this one too. Called after what it is about was committed, by whoever writes answers: it must return at once
    /// and not wait for a server. Never throws for want of a connection: the hint is then lost, and readers find what they missed by
    /// themselves.
    /// </summary>
    Task PublishAsync(WidgetHint hint, CancellationToken ct = default);

    /// <summary>
    /// Listens until disposed, reconnecting by itself. Returns before a connection exists. <paramref name="onHint"/> must be quick
    /// and not throw.
    /// </summary>
    Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default);
}
