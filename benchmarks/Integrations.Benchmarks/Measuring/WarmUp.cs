namespace Integrations.Benchmarks.Measuring;

/// <summary>
/// Runs a side unmeasured until its processor time per operation no longer falls: on a busy machine the compiler's last tier
/// may come seconds after the first call, and the side with more code would be measured unfinished.
/// </summary>
internal static class WarmUp
{
    private const double StillFalling = 0.95;
    private const int MaxRounds = 15;

    public static async Task RunAsync(RunSettings settings, Func<TimeSpan, Task<RoundResult>> side)
    {
        var length = settings.Smoke ? settings.Round : TimeSpan.FromSeconds(1);
        var best = double.MaxValue;
        var withoutGain = 0;
        for (var round = 0; round < (settings.Smoke ? 1 : MaxRounds) && withoutGain < 3; round++)
        {
            var cost = (await side(length)).MicrosecondsPerOperation;
            withoutGain = cost < best * StillFalling ? 0 : withoutGain + 1;
            best = Math.Min(best, cost);
        }
    }
}
