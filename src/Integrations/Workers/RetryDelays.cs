namespace Integrations;

/// <summary>How long to wait between attempts.</summary>
internal static class RetryDelays
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The pause after a message's attempt failed: 1 s, 5 s, 25 s, ... up to 10 minutes, give or take a fifth.</summary>
    /// <param name="attempts">How often it had failed before.</param>
    public static TimeSpan AfterAttempt(int attempts) => Jitter(Grow(TimeSpan.FromSeconds(1), 5, attempts, Longest), 0.2);

    /// <summary>The pause after the database failed: 1 s, 2 s, 4 s, ... up to 30 seconds, give or take a fifth.</summary>
    /// <param name="failures">How often in a row it had failed before.</param>
    public static TimeSpan AfterFault(int failures) => Jitter(Grow(TimeSpan.FromSeconds(1), 2, failures, TimeSpan.FromSeconds(30)), 0.2);

    /// <summary>A duration that grows with a power, up to a limit.</summary>
    public static TimeSpan Grow(TimeSpan first, int factor, int times, TimeSpan limit)
    {
        var seconds = first.TotalSeconds * Math.Pow(factor, Math.Max(0, times));
        return seconds < limit.TotalSeconds ? TimeSpan.FromSeconds(seconds) : limit;
    }

    /// <summary>A duration changed at random by up to this share, so that hosts do not act in step.</summary>
    public static TimeSpan Jitter(TimeSpan duration, double share) => duration * (1 + share * Dice());

    /// <summary>A random number from -1 to 1.</summary>
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
    public static double Dice() => 2 * Random.Shared.NextDouble() - 1;
#pragma warning restore CA5394
}
