namespace Integrations;

/// <summary>A refresh whose lease the sweep has taken.</summary>
/// <param name="stored">The integration, read under the lease.</param>
/// <param name="owner">Who holds it.</param>
/// <param name="tookOver">Whether another had let its lease run out.</param>
/// <param name="takenAt">When, as a timestamp of the clock.</param>
internal sealed class HeldLease(StoredIntegration stored, string owner, bool tookOver, long takenAt)
{
    private Action? _answered;

    public StoredIntegration Stored { get; } = stored;

    public string Owner { get; } = owner;

    public bool TookOver { get; } = tookOver;

    public long TakenAt { get; } = takenAt;

    /// <summary>Sets what is done once the call to the platform is over.</summary>
    public void OnAnswered(Action answered) => _answered = answered;

    /// <summary>The call to the platform is over: another may begin, whatever this one waits for yet.</summary>
    public void Answered() => Interlocked.Exchange(ref _answered, null)?.Invoke();
}
