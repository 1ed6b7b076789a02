using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integrations.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Handling_and_sending_are_linked_to_the_trace_of_the_webhook()
    {
        var finished = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Integrations",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = finished.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Host.StartAsync();
        ActivityTraceId trace;
        using (var webhook = new Activity("webhook").Start())
        {
            trace = webhook.TraceId;
            await host.ReceiveAsync(Host.Text("hello"));
        }

        await host.WorkAsync();

        // Other tests run beside this one: only ours are linked to this trace.
        Assert.Equal(["handle message", "send message"], finished.Where(a => a.Links.Any(l => l.Context.TraceId == trace)).Select(a => a.OperationName));
    }

    [Fact]
    public async Task Counters_carry_the_type_and_an_outcome_and_no_tenant()
    {
        var measured = new ConcurrentQueue<string>();
        await using var host = await Host.StartAsync();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == host.Get<IMeterFactory>() && instrument.Name != "integrations.token.refreshes")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        listener.Start();

        var message = Host.Text("hello", "m");
        await host.ReceiveAsync(message, message, new InboundEvent { Kind = InboundEventKind.Message, AccountId = "nobody", EventId = "x" });
        await host.WorkAsync();

        Assert.Equal(
        [
            "integrations.inbound.events 1 integrations.type=acme outcome=accepted",
            "integrations.inbound.events 1 integrations.type=acme outcome=duplicate",
            "integrations.inbound.events 1 integrations.type=acme outcome=unrouted",
            "integrations.inbound.handled 1 integrations.type=acme outcome=done",
            "integrations.outbound.sends 1 integrations.type=acme outcome=sent",
            "integrations.webhooks 1 integrations.type=acme outcome=accepted",
        ], measured.Order(StringComparer.Ordinal));
    }
}
