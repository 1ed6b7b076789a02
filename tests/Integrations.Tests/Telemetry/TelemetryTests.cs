using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integrations.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Handling_and_sending_go_on_in_the_trace_of_the_webhook()
    {
        var finished = new ConcurrentQueue<Activity>();
        using var listener = Listen(finished);
        await using var host = await Host.StartAsync();
        ActivityTraceId trace;
        using (var request = new Activity("request").Start())
        {
            trace = request.TraceId;
            await host.ReceiveAsync(Host.Text("hello"));
        }

        await host.WorkAsync();

        // Other tests run beside this one: only ours are of this trace.
        var spans = finished.Where(a => a.TraceId == trace).ToList();
        Assert.Equal(["receive webhook", "handle message", "send message"], spans.Select(a => a.OperationName));
        Assert.Equal(spans.Select(a => a.SpanId).SkipLast(1), spans.Skip(1).Select(a => a.ParentSpanId));
        Assert.All(spans, a => Assert.Equal("acme", a.GetTagItem("integrations.type")));
    }

    [Fact]
    public async Task A_span_says_what_failed_without_its_text()
    {
        var finished = new ConcurrentQueue<Activity>();
        using var listener = Listen(finished);
        await using var host = await Host.StartAsync();
        host.Acme.OnSend = (_, _) => Task.FromResult(SendResult.Failed(new ProviderError { Kind = ProviderErrorKind.WindowClosed, Code = "10", SafeMessage = "too late" }));
        ActivityTraceId trace;
        using (var request = new Activity("request").Start())
        {
            trace = request.TraceId;
            await host.ReceiveAsync(Host.Text("hello"));
        }

        await host.WorkAsync();

        var send = Assert.Single(finished, a => a.TraceId == trace && a.OperationName == "send message");
        Assert.Equal((ActivityStatusCode.Error, null, "window_closed"), (send.Status, send.StatusDescription, send.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_message_that_came_under_no_trace_is_handled_all_the_same()
    {
        await using var host = await Host.StartAsync();

        await host.ReceiveAsync(Host.Text("hello"));
        await host.WorkAsync();

        Assert.Single(host.Acme.Sends);
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> finished)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == IntegrationsInstrumentation.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = finished.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
