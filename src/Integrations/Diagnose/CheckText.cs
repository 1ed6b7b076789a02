using System.Globalization;

namespace Integrations;

/// <summary>Times and durations as a report says them.</summary>
internal static class CheckText
{
    /// <summary><c>2026-11-24 12:00 UTC</c>.</summary>
    public static string Of(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Of(DateTime)"/>
    public static string Of(DateTimeOffset time) => Of(time.UtcDateTime);

    /// <summary>Rounded to what matters: <c>3 days</c>, <c>5 hours</c>, <c>2 minutes</c>.</summary>
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalHours: >= 48 } => Count((int)duration.TotalDays, "day"),
        { TotalMinutes: >= 120 } => Count((int)duration.TotalHours, "hour"),
        { TotalSeconds: >= 120 } => Count((int)duration.TotalMinutes, "minute"),
        _ => Count(Math.Max(0, (int)duration.TotalSeconds), "second"),
    };

    public static string Count(int number, string unit) => FormattableString.Invariant($"{number} {unit}{(number == 1 ? string.Empty : "s")}");
}
