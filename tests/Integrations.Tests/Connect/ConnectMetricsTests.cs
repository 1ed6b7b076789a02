using System.Diagnostics.Metrics;

namespace Integrations.Tests.Connect;

public sealed class ConnectMetricsTests
{
    [Fact]
    public async Task Ends_of_connects_are_counted_by_known_type_and_outcome()
    {
        await using var runtime = new TestRuntime();
        var factory = runtime.Get<IMeterFactory>();
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "integrations.connects" && ReferenceEquals(instrument.Meter.Scope, factory))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add($"{value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        listener.Start();

        await runtime.ConnectAsync();
        await runtime.Connector.CompleteAsync(new AuthorizationCallback { Type = runtime.Platform.Type, State = Handles.New() }, TestRuntime.Ct);
        await runtime.Connector.CompleteAsync(new AuthorizationCallback { Type = IntegrationType.Parse("made-up"), State = Handles.New() }, TestRuntime.Ct);

        Assert.Equal(["1 facebook connected", "1 facebook state_unknown"], counted);
    }
}
