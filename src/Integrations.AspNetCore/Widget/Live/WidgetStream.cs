using System.Threading.Channels;

namespace Integrations.AspNetCore;

/// <summary>One browser that listens: what wakes it. It is woken for pings too, and looks for new messages each time.</summary>
internal sealed class WidgetStream(WidgetStreams owner, (Guid Integration, string Visitor) key, int slot) : IDisposable
{
    private const int MaxWaiting = 16;

    // The oldest may go: what it said about messages, the next one says again.
    private readonly Channel<WidgetHintKind?> _signals = Channel.CreateBounded<WidgetHintKind?>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public (Guid Integration, string Visitor) Key => key;

    public int Slot => slot;

    /// <param name="kind">What happened. Null for a ping.</param>
    public void Wake(WidgetHintKind? kind) => _signals.Writer.TryWrite(kind);

    /// <summary>Waits until something happened. False once the stream is to end.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken ct)
    {
        try
        {
            return await _signals.Reader.WaitToReadAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false; // the browser left, or the host stops
        }
    }

    public bool TryRead(out WidgetHintKind? kind) => _signals.Reader.TryRead(out kind);

    public void Dispose() => owner.Close(this);
}
