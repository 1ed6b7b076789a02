using System.Collections.Concurrent;

namespace Integrations.AspNetCore;

/// <summary>
/// Widgets by id. Every page view asks for one, so each is remembered for a moment; what a visitor writes is always checked against
/// the database. Thread-safe.
/// </summary>
internal sealed class WidgetSites(WidgetServer server)
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, (WidgetSite? Site, long At)> _sites = new();

    /// <summary>Null if there is none, or it is not live.</summary>
    public async Task<WidgetSite?> FindAsync(Guid id, CancellationToken ct)
    {
        if (_sites.TryGetValue(id, out var known) && server.Time.GetElapsedTime(known.At) < Remembered)
            return known.Site;
        var at = server.Time.GetTimestamp();
        var site = await FindNowAsync(id, ct);
        if (_sites.Count >= MaxRemembered)
            _sites.Clear(); // ids are anybody's to make up
        _sites[id] = (site, at);
        return site;
    }

    public async Task<WidgetSite?> FindNowAsync(Guid id, CancellationToken ct) =>
        await server.Intake.FindAsync(id, ct) is { } connection ? new WidgetSite(connection, server.Channel) : null;
}
