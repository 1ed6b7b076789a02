using System.Runtime.CompilerServices;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>Waits for something that only a read can show. Used where nothing signals; a wait ends as soon as it holds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<T> HoldsAsync<T>(
        Func<Task<T>> read, Func<T, bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var value = await read();
            if (condition(value))
                return value;
            try
            {
                await look.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for: {what}. Last seen: {value}");
            }
        }
    }
}
