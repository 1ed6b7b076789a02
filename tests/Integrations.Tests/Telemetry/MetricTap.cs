using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Integrations.Tests;

/// <summary>Takes down what one host's meter says: instruments as "name unit kind", measurements as "name tag=value ...".</summary>
internal sealed class MetricTap : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, string> _instruments = new();
    private readonly ConcurrentQueue<(string Text, double Value)> _measured = new();

    public MetricTap(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, factory))
                return;
            _instruments[instrument.Name] = $"{instrument.Name} {instrument.Unit} {instrument.GetType().Name.Split('`')[0]}";
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<string> Instruments => _instruments.Values.Order(StringComparer.Ordinal);

    public IEnumerable<string> Measured => _measured.Select(m => m.Text).Order(StringComparer.Ordinal);

    public IEnumerable<(string Text, double Value)> Values => _measured;

    public void Clear() => _measured.Clear();

    public void Observe() => _listener.RecordObservableInstruments();

    public IEnumerable<double> Of(string name) => _measured.Where(m => m.Text.StartsWith(name + " ", StringComparison.Ordinal)).Select(m => m.Value);

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}", value));
}
