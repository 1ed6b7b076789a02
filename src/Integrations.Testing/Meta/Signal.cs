namespace Integrations.Testing;

/// <summary>Tells waiters that something changed, so that nobody polls.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>The task is read before the condition: a change between the two is never missed.</summary>
    public async Task WaitForAsync(Func<bool> condition, CancellationToken ct)
    {
        while (true)
        {
            var next = Next;
            if (condition())
                return;
            await next.WaitAsync(ct);
        }
    }
}
