using System.Collections.Concurrent;
using System.Diagnostics;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Telemetry;

/// <summary>One trace from the platform's webhook, through the database, to the call that sends the answer.</summary>
public sealed class TraceTests
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", IntegrationsInstrumentation.ActivitySourceName, "System.Net.Http"];

    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task One_trace_spans_webhook_handler_and_send(StoreKind store)
    {
        var finished = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = finished.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");

        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);

        // Which trace it is, is told by the message of ours: other tests run beside this one.
        var sent = (await Eventually.HoldsAsync(() => stage.MessagesAsync(key, Ct), all => all.Any(m => m.Direction == MessageDirection.Outbound && m.State == MessageState.Done), Ct))
            .Single(m => m.Direction == MessageDirection.Outbound);
        var send = await Eventually.HoldsAsync(() => Task.FromResult(finished.FirstOrDefault(a => Equals(a.GetTagItem("messaging.message.id"), sent.Id))), a => a is not null, Ct);
        var trace = await Eventually.HoldsAsync(() => Task.FromResult(finished.Where(a => a.TraceId == send!.TraceId).ToList()), all => IsWhole(all, send!), Ct);
        var handle = trace.Single(a => a.SpanId == send!.ParentSpanId);
        var receive = trace.Single(a => a.SpanId == handle.ParentSpanId);
        var request = trace.Single(a => a.SpanId == receive.ParentSpanId);
        Assert.Equal(["Microsoft.AspNetCore", "Integrations", "Integrations", "Integrations"], new[] { request, receive, handle, send! }.Select(a => a.Source.Name));
        Assert.Equal(["receive webhook", "handle message", "send message"], new[] { receive, handle, send! }.Select(a => a.OperationName));
        var call = trace.Single(a => a.Source.Name == "System.Net.Http" && a.ParentSpanId == send!.SpanId);
        Assert.Equal(stage.Meta.GraphBaseUri.Port, Convert.ToInt32(call.GetTagItem("server.port"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(send!.Context.TraceId.ToString(), sent.TraceParent!.Split('-')[1]);
    }
    /// <summary>The request is under way until its answer has left, whatever a worker does meanwhile.</summary>
    private static bool IsWhole(List<Activity> trace, Activity send) =>
        trace.Exists(a => a.Source.Name == "System.Net.Http" && a.ParentSpanId == send.SpanId)
        && ParentIn(trace, send) is { } handle && ParentIn(trace, handle) is { } receive && ParentIn(trace, receive) is not null;

    private static Activity? ParentIn(List<Activity> trace, Activity child) => trace.Find(a => a.SpanId == child.ParentSpanId);
}
