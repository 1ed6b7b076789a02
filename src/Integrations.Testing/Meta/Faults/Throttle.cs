using System.Globalization;

namespace Integrations.Testing;

/// <summary>Rate limits: refuses calls and sends the usage headers (developers.facebook.com/docs/graph-api/overview/rate-limiting).</summary>
internal static class Throttle
{
    public static void Check(MetaWorld world, GraphExchange exchange, GraphCall call)
    {
        lock (world.Gate)
        {
            if (call.Token?.Page is { } page)
                CheckPage(world, exchange, page);
            else if (world.Faults.AppThrottledUntil is { } until && until > world.Now)
                RefuseApp(exchange);
        }
    }

    private static void CheckPage(MetaWorld world, GraphExchange exchange, SimulatedPage page)
    {
        var messaging = exchange.Endpoint is "messages" or "messenger_profile";
        if (page.ThrottledUntil is { } until && until > world.Now)
        {
            // "Continuing API calls during throttling extends the wait period further": each refused call costs a minute.
            page.ThrottledUntil = until + TimeSpan.FromMinutes(1);
            WriteUsage(exchange, page, messaging, 100, (int)Math.Ceiling((page.ThrottledUntil.Value - world.Now).TotalMinutes));
            throw GraphErrors.PageThrottled(messaging).AsException();
        }

        if (page.UsagePercent is { } percent)
            WriteUsage(exchange, page, messaging, percent, 0);
    }

    private static void RefuseApp(GraphExchange exchange)
    {
        exchange.Http.Response.Headers["X-App-Usage"] = """{"call_count":100,"total_time":25,"total_cputime":25}""";
        throw GraphErrors.AppThrottled.AsException();
    }

    private static void WriteUsage(GraphExchange exchange, SimulatedPage page, bool messaging, int percent, int minutes) =>
        exchange.Http.Response.Headers["X-Business-Use-Case-Usage"] = string.Create(CultureInfo.InvariantCulture,
            $$"""{"{{page.Id}}":[{"type":"{{(messaging ? "messenger" : "pages")}}","call_count":{{percent}},"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":{{minutes}}}]}""");
}
