namespace Integrations;

/// <summary>One caller's share of a <see cref="Batcher{TEntry}"/>.</summary>
/// <param name="weight">What it counts towards the batch's limit.</param>
internal abstract class BatchEntry(int weight)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Weight { get; } = weight;

    /// <summary>Ends with the caller's own share done, whatever became of the others.</summary>
    public Task Completion => _completion.Task;

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
