using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>One POST body with its delivery history.</summary>
internal sealed class WebhookBatch
{
    public WebhookBatch(int number, IReadOnlyList<PendingEvent> events, DateTimeOffset now)
    {
        Number = number;
        Events = events;
        FirstAt = now;
        Text = MetaJson.Write(Envelope(events, now));
        Body = Encoding.UTF8.GetBytes(Text);
    }

    public int Number { get; }

    public IReadOnlyList<PendingEvent> Events { get; }

    public string Text { get; }

    public byte[] Body { get; }

    public DateTimeOffset FirstAt { get; }

    public int Attempts { get; set; }

    /// <summary>The first attempt; null when there was none because the subscription ended.</summary>
    public TaskCompletionSource<WebhookDelivery?> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<SimulatedPage> Pages => Events.Select(item => item.Page).Distinct();

    /// <summary>Neighbouring events of one Page share an entry.</summary>
    private static JsonObject Envelope(IReadOnlyList<PendingEvent> events, DateTimeOffset now)
    {
        var entries = new JsonArray();
        for (var i = 0; i < events.Count;)
        {
            var (page, container) = (events[i].Page, events[i].Container);
            var items = new JsonArray();
            for (; i < events.Count && events[i].Page == page && events[i].Container == container; i++)
                items.Add(events[i].Item.DeepClone());
            // Messaging entries carry milliseconds, the generic changes entries seconds.
            var time = container == "changes" ? now.ToUnixTimeSeconds() : now.ToUnixTimeMilliseconds();
            entries.Add(new JsonObject { ["id"] = page.Id, ["time"] = time, [container] = items });
        }

        return new JsonObject { ["object"] = "page", ["entry"] = entries };
    }
}
