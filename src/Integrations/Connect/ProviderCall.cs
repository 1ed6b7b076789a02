namespace Integrations;

/// <summary>Calls a provider: limits the time, and reads what may escape from it as an error value.</summary>
internal sealed class ProviderCall(TimeProvider time)
{
    /// <summary>
    /// Makes one call. The caller's own cancellation escapes; a bug of the provider escapes as the exception it is.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="failed">Makes the result of a failed call.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="ct">The caller's cancellation.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, Func<ProviderError, T> failed, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            // A provider that ignores its token must not hold the caller.
            return await call(both.Token).WaitAsync(both.Token);
        }
        catch (Exception e) when (ProviderFaults.IsOfCall(e) && !(e is OperationCanceledException && ct.IsCancellationRequested))
        {
            return failed(ProviderFaults.OfCall(e, ProviderErrorKind.OutcomeUnknown));
        }
    }
}
