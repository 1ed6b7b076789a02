namespace Integrations.Testing;

/// <summary>Holds one answer back, so that a test can act while a call is under way. Thread-safe.</summary>
public sealed class AnswerGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the call has been carried out and waits to be answered.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the answer go. Calling it again, or before the call arrives, does no harm.</summary>
    public void Release() => _released.TrySetResult();

    internal async Task PassAsync(CancellationToken ct)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(ct);
    }
}
