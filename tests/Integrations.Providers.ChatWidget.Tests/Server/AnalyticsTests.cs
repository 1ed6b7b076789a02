using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class AnalyticsTests
{
    [Fact]
    public async Task What_browsers_tell_is_counted_by_known_names_only()
    {
        await using var host = await WidgetHost.StartAsync();
        var counted = new List<string>();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "integrations.widget.events" && instrument.Meter.Scope == meters)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
                counted.Add($"{tag.Key}={tag.Value}");
        });
        listener.Start();
        using var browser = await host.VisitAsync();
        JsonObject Named(string? name) => new() { ["name"] = name, ["at"] = "2026-01-01T00:00:00Z" };
        var batch = new JsonObject { ["events"] = new JsonArray(Named("open"), Named("message_sent"), Named("my-own-name"), Named(null), null, Named("OPEN")) };
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("analytics", batch)).StatusCode);
        Assert.Equal(["integrations.type=chat-widget", "outcome=open", "integrations.type=chat-widget", "outcome=message_sent"], counted);

        counted.Clear();
        var flood = new JsonObject { ["events"] = new JsonArray([.. Enumerable.Range(0, 60).Select(_ => (JsonNode)Named("close"))]) };
        await browser.PostAsync("analytics", flood);
        Assert.Equal(50, counted.Count(c => c == "outcome=close"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("analytics", new JsonObject { ["events"] = "open" })).StatusCode);
    }
}
