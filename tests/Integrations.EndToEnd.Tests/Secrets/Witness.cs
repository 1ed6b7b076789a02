using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Secrets;

/// <summary>Takes down everything the process lets out while it lives: logs, exceptions, metric tags, traces, and what a test hands it.</summary>
internal sealed class Witness : IDisposable
{
    [ThreadStatic]
    private static bool t_isReading;

    private readonly ConcurrentQueue<(string Source, string Text)> _seen = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public Witness()
    {
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Traced,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public RecordedLogs Logs { get; } = new();

    public void Saw(string source, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            _seen.Enqueue((source, text));
    }

    public int CountOf(string source) => All().Count(seen => seen.Source.StartsWith(source, StringComparison.Ordinal));

    /// <summary>Where any of these texts was seen.</summary>
    public IReadOnlyList<string> Find(IReadOnlyDictionary<string, string> secrets) =>
        [.. All().SelectMany(seen => secrets.Where(secret => seen.Text.Contains(secret.Value, StringComparison.OrdinalIgnoreCase))
            .Select(secret => $"{secret.Key} in {seen.Source}: {seen.Text[..Math.Min(300, seen.Text.Length)]}"))];

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        _meters.Dispose();
        _activities.Dispose();
        Logs.Dispose();
    }

    private IEnumerable<(string Source, string Text)> All() => _seen.Concat(Logs.Lines.Select(line => ("log", line)));

    private void Thrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (t_isReading)
            return;
        t_isReading = true;
        Saw("exception", e.Exception.ToString());
        t_isReading = false;
    }

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
            Saw($"metric {instrument.Meter.Name}/{instrument.Name}", $"{name}={Convert.ToString(value, CultureInfo.InvariantCulture)}");
    }

    private void Traced(Activity activity)
    {
        var parts = activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
            .Concat(activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name}.{tag.Key}={tag.Value}")))
            .Append(activity.DisplayName)
            .Append(activity.StatusDescription);
        Saw($"trace {activity.Source.Name}/{activity.OperationName}", string.Join(" | ", parts));
    }
}
