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

    public IEnumerable<EventSource> Sources => Events.Select(item => item.Source).Distinct();

    /// <summary>One body has one object and one signature.</summary>
    public EventSource Leader => Events[0].Source;

    /// <summary>Neighbouring events of one Page or account share an entry.</summary>
    private static JsonObject Envelope(IReadOnlyList<PendingEvent> events, DateTimeOffset now)
    {
        var entries = new JsonArray();
        for (var i = 0; i < events.Count;)
        {
            var (source, container) = (events[i].Source, events[i].Container);
            // Messaging entries carry milliseconds, the generic changes entries seconds.
            var time = container is "changes" or PendingEvent.Flat ? now.ToUnixTimeSeconds() : now.ToUnixTimeMilliseconds();
            var entry = new JsonObject { ["id"] = source.Id, ["time"] = time };
            entries.Add(entry);
            if (container == PendingEvent.Flat)
            {
                foreach (var (name, value) in events[i++].Item)
                    entry[name] = value?.DeepClone();
                continue;
            }

            var items = new JsonArray();
            for (; i < events.Count && events[i].Source == source && events[i].Container == container; i++)
                items.Add(events[i].Item.DeepClone());
            entry[container] = items;
        }

        return new JsonObject { ["object"] = events[0].Source.Object, ["entry"] = entries };
    }
}
