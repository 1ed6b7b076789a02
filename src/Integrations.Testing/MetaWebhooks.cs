using System.Text;

namespace Integrations.Testing;

/// <summary>How the simulator delivers webhooks, and what it delivered. Thread-safe.</summary>
public sealed class MetaWebhooks
{
    private readonly MetaWorld _world;

    internal MetaWebhooks(MetaWorld world) => _world = world;

    /// <summary>Every POST of the pump so far, in the order of their answers.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Pump.Deliveries];
        }
    }

    /// <summary>Alerts that Meta would send to the app's developers: failing for 15 minutes, disabled after one hour.</summary>
    public IReadOnlyList<string> Alerts
    {
        get
        {
            lock (_world.Gate)
                return [.. _world.Pump.Alerts];
        }
    }

    /// <summary>Time between an event and its POST, by the simulator's clock.</summary>
    public TimeSpan Delay
    {
        get => _world.Pump.Delay;
        set => _world.Pump.Delay = value;
    }

    /// <summary>Nothing is queued or under way; retries that wait for the clock do not count.</summary>
    public bool IsIdle => _world.Pump.IsIdle;

    /// <summary>Collects events instead of posting them, until <see cref="ReleaseAsync"/>.</summary>
    public void Hold() => _world.Pump.Holding = true;

    /// <summary>
    /// Posts what was held, up to <paramref name="eventsPerPost"/> events in one body (neighbours of one Page share an entry), in the order
    /// they happened or <paramref name="reversed"/>. Completes when the first attempts are answered.
    /// </summary>
    public Task<IReadOnlyList<WebhookDelivery>> ReleaseAsync(int eventsPerPost = 1000, bool reversed = false, CancellationToken ct = default) =>
        _world.Pump.ReleaseAsync(eventsPerPost, reversed, ct);

    /// <summary>Sends the next POST <paramref name="copies"/> more times, byte for byte.</summary>
    public void DuplicateNext(int copies = 1) => _world.Pump.ExtraCopies = copies;

    /// <summary>Completes when nothing is queued or under way.</summary>
    public Task WhenIdleAsync(CancellationToken ct = default) => _world.Changed.WaitForAsync(() => IsIdle, ct);

    /// <summary>
    /// Posts any body to the registered callback, once, outside the retry schedule, and answers the HTTP status. Without
    /// <paramref name="signature"/> the body is signed correctly; pass a wrong one, or an empty text for no signature at all.
    /// </summary>
    public Task<int> PostRawAsync(string body, string? signature = null, CancellationToken ct = default) =>
        PostRawAsync(Encoding.UTF8.GetBytes(body), signature, ct);

    /// <inheritdoc cref="PostRawAsync(string, string?, CancellationToken)" />
    public Task<int> PostRawAsync(byte[] body, string? signature = null, CancellationToken ct = default)
    {
        var callback = _world.Subscription?.Callback ?? throw new InvalidOperationException("Register a callback first.");
        signature ??= SignatureOf(body);
        return _world.Callbacks.PostWebhookAsync(callback, body, signature.Length == 0 ? null : signature, _world.Options.AppSecret, ct);
    }

    /// <summary>The value of <c>X-Hub-Signature-256</c> for a body.</summary>
    public string SignatureOf(ReadOnlySpan<byte> body) => WebhookSignature.Compute(_world.Options.AppSecret, body);
}
