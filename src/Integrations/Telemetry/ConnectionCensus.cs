using System.Diagnostics.Metrics;

namespace Integrations;

/// <summary>The latest count of connections, for gauges: an exporter that asks for them never waits for the database. Thread-safe.</summary>
internal sealed class ConnectionCensus
{
    private volatile IReadOnlyList<ConnectionCount> _counts = [];

    public IReadOnlyList<ConnectionCount> Counts
    {
        get => _counts;
        set => _counts = value;
    }

    public IEnumerable<Measurement<long>> ByState() => _counts.Select(c => new Measurement<long>(c.Count,
        new(TagNames.Type, c.Type.Value), new KeyValuePair<string, object?>(TagNames.State, TagNames.Of(c.State))));

    public IEnumerable<Measurement<long>> Due() => _counts.GroupBy(c => c.Type).Select(g => new Measurement<long>(g.Sum(c => (long)c.Due),
        new KeyValuePair<string, object?>(TagNames.Type, g.Key.Value)));
}
