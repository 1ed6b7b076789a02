using System.Net.Http.Headers;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// Reads how much of a budget is used from an answer's headers. They come only "once enough calls have been made".
/// https://developers.facebook.com/docs/graph-api/overview/rate-limiting
/// </summary>
internal static class GraphUsage
{
    private const int FullPercent = 95;
    private static readonly TimeSpan PauseWithoutEstimate = TimeSpan.FromMinutes(1);
    private static readonly string[] Percentages = ["call_count", "total_cputime", "total_time"];

    /// <summary>How long the app's budget must rest. Null if it need not.</summary>
    public static TimeSpan? AppPause(HttpResponseHeaders headers) => Simple(headers, "X-App-Usage");

    /// <summary>How long the Page's budget must rest. Null if it need not.</summary>
    public static TimeSpan? PagePause(HttpResponseHeaders headers)
    {
        var pause = Simple(headers, "X-Page-Usage"); // old versions; harmless if it never comes
        if (Read(headers, "X-Business-Use-Case-Usage") is not { ValueKind: JsonValueKind.Object } owners)
            return pause;
        foreach (var owner in owners.EnumerateObject())
            foreach (var use in owners.Items(owner.Name).Where(IsOurs))
                if (Pause(use) is { } found && (pause is null || found > pause))
                    pause = found;
        return pause;
    }

    /// <summary>How full the Page's budget is, in percent. Null if the headers do not say.</summary>
    public static int? PagePercent(HttpResponseHeaders headers)
    {
        var percent = Read(headers, "X-Page-Usage") is { } usage ? Percent(usage) : null;
        if (Read(headers, "X-Business-Use-Case-Usage") is { ValueKind: JsonValueKind.Object } owners)
            foreach (var owner in owners.EnumerateObject())
                foreach (var use in owners.Items(owner.Name).Where(IsOurs))
                    if (Percent(use) is { } found && (percent is null || found > percent))
                        percent = found;
        return percent;
    }

    /// <summary><c>Retry-After</c>, in either of its forms. Null if missing.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time) => headers.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    // The same header reports budgets of ads and the like, which say nothing about messages.
    private static bool IsOurs(JsonElement use) => use.Text("type") is "messenger" or "pages" or "instagram";

    private static TimeSpan? Simple(HttpResponseHeaders headers, string name) => Read(headers, name) is { } usage ? Pause(usage) : null;

    private static int? Percent(JsonElement usage) => Percentages.Select(name => usage.Integer(name)).Max() is >= 0 and <= 1000 and var most ? (int)most : null;

    private static TimeSpan? Pause(JsonElement usage)
    {
        if (usage.Integer("estimated_time_to_regain_access") is > 0 and <= 60 * 24 * 30 and var minutes)
            return TimeSpan.FromMinutes(minutes);
        return Percentages.Any(name => usage.Integer(name) >= FullPercent) ? PauseWithoutEstimate : null;
    }

    private static JsonElement? Read(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out var values))
            return null;
        try
        {
            return JsonElement.Parse(string.Join(',', values));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
