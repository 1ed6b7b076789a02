namespace Integrations.Testing;

/// <summary>
/// When a failed POST is tried again: "immediately, then a few more times with decreasing frequency". Meta publishes no figures; these
/// hit its two documented marks, the alert after 15 minutes and the switch-off after one hour.
/// </summary>
internal static class RetrySchedule
{
    public static readonly TimeSpan AlertAfter = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan SwitchOffAfter = TimeSpan.FromHours(1);
    private static readonly int[] Minutes = [0, 1, 3, 7, 15, 30, 60];

    /// <summary>Offset from the first attempt of the retry that follows <paramref name="attempts"/> failed ones; null to give up.</summary>
    public static TimeSpan? After(int attempts) => attempts <= Minutes.Length ? TimeSpan.FromMinutes(Minutes[attempts - 1]) : null;
}
