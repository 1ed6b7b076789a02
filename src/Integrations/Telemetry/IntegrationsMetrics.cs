using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integrations;

/// <summary>
/// Metrics of the runtime. Tags are bounded: the integration type, a direction, a state, an outcome, a kind of error; never a
/// client, an integration or a contact. Names and units follow OpenTelemetry's rules; its own <c>messaging.*</c> metrics are about
/// message brokers and are left to those. <c>docs/operations.md</c> lists them all.
/// </summary>
internal sealed class IntegrationsMetrics
{
    // Of calls that a person or a platform waits for.
    private static readonly double[] CallBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

    // Of ways through the queue, which may hold a message for as long as its platform or agent is away.
    private static readonly double[] QueueBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400];

    private readonly Counter<long> _connects;
    private readonly Counter<long> _events;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _restored;
    private readonly Counter<long> _widget;
    private readonly Histogram<double> _accept;
    private readonly Histogram<double> _process;
    private readonly Histogram<double> _reply;
    private readonly Histogram<double> _send;
    private readonly Histogram<double> _refresh;
    private readonly Histogram<double> _leaseWait;

    private readonly ObservableGauge<long> _connections;
    private readonly ObservableGauge<long> _due;

    public IntegrationsMetrics(IMeterFactory meters, ConnectionCensus census)
    {
        var meter = meters.Create(IntegrationsInstrumentation.MeterName);
        _connects = meter.CreateCounter<long>("integrations.connects", "{attempt}", "Attempts to connect an account, by outcome.");
        _events = meter.CreateCounter<long>("integrations.inbound.events", "{event}", "Events of webhooks: accepted, duplicate or unrouted.");
        _handled = meter.CreateCounter<long>("integrations.inbound.handled", "{message}", "Inbound messages worked on, by the state they were left in.");
        _deadLetters = meter.CreateCounter<long>("integrations.dead_letters", "{message}", "Messages set aside as failed, by direction and kind of error.");
        _restored = meter.CreateCounter<long>("integrations.subscriptions.restored", "{subscription}", "Subscriptions that a platform had dropped, by whether they could be restored.");
        _widget = meter.CreateCounter<long>("integrations.widget.events", "{event}", "What visitors do with a widget, as their browsers tell, by name.");
        _accept = Seconds(meter, "integrations.inbound.accept.duration", CallBuckets, "From a webhook call until its events are stored.");
        _process = Seconds(meter, "integrations.inbound.process.duration", QueueBuckets, "From the arrival of an inbound message until it is handled.");
        _reply = Seconds(meter, "integrations.reply.duration", QueueBuckets, "From the arrival of an inbound message until the platform took the first part of its answer.");
        _send = Seconds(meter, "integrations.outbound.send.duration", CallBuckets, "One call that sends a message, by outcome.");
        _refresh = Seconds(meter, "integrations.refresh.duration", CallBuckets, "One call that refreshes a token, by outcome.");
        _leaseWait = Seconds(meter, "integrations.refresh.lease.wait", CallBuckets, "Waits for a token that another caller is refreshing.");
        _connections = meter.CreateObservableGauge("integrations.connections", census.ByState, "{connection}", "Connections of all clients, by state. Every host reports them all.");
        _due = meter.CreateObservableGauge("integrations.refresh.due", census.Due, "{connection}", "Connections whose token is due to be refreshed. Every host reports them all.");
    }

    /// <summary>Whether anybody collects what only a count of the table tells.</summary>
    public bool WantsCensus => _connections.Enabled || _due.Enabled;

    /// <summary>An attempt to connect ended.</summary>
    public void Connect(IntegrationType type, ConnectOutcome outcome) => Add(_connects, 1, type, TagNames.Of(outcome));

    /// <summary>A webhook call was answered.</summary>
    public void Accepted(IntegrationType type, WebhookVerdict verdict, TimeSpan took) => Record(_accept, took, type, verdict switch
    {
        WebhookVerdict.Accepted => "accepted",
        WebhookVerdict.Unverified => "unverified",
        _ => "malformed",
    });

    /// <summary>A webhook call could not be stored.</summary>
    public void AcceptFailed(IntegrationType type, Exception exception, TimeSpan took) => Record(_accept, took, type, "failed", exception.GetType().FullName);

    public void Events(IntegrationType type, int accepted, int duplicates, int unrouted)
    {
        if (accepted > 0)
            Add(_events, accepted, type, "accepted");
        if (duplicates > 0)
            Add(_events, duplicates, type, "duplicate");
        if (unrouted > 0)
            Add(_events, unrouted, type, "unrouted");
    }

    /// <summary>An inbound message was worked on.</summary>
    /// <param name="type">The platform.</param>
    /// <param name="state">The state it was left in.</param>
    /// <param name="sinceArrival">How long ago it came.</param>
    public void Handled(IntegrationType type, MessageState state, TimeSpan sinceArrival)
    {
        var outcome = state switch
        {
            MessageState.Pending => "retry",
            MessageState.Done => "done",
            MessageState.Skipped => "skipped",
            _ => "failed",
        };
        Add(_handled, 1, type, outcome);
        if (state != MessageState.Pending)
            Record(_process, sinceArrival, type, outcome);
    }

    /// <summary>The first part of an answer is with the platform.</summary>
    public void Answered(IntegrationType type, TimeSpan sinceArrival)
    {
        if (_reply.Enabled)
            _reply.Record(Positive(sinceArrival), new KeyValuePair<string, object?>(TagNames.Type, type.Value));
    }

    public void Send(IntegrationType type, ProviderErrorKind? error, TimeSpan took) => Record(_send, took, type,
        error switch { null => "sent", ProviderErrorKind.OutcomeUnknown => "unknown", _ => "failed" }, error is { } kind ? TagNames.Of(kind) : null);

    public void Refresh(IntegrationType type, ProviderErrorKind? error, TimeSpan took) =>
        Record(_refresh, took, type, error is null ? "refreshed" : "failed", error is { } kind ? TagNames.Of(kind) : null);

    /// <summary>A platform did not deliver, and was asked to again.</summary>
    public void Restored(IntegrationType type, ProviderErrorKind? error) => Add(_restored, 1, type, error is null ? "restored" : "failed");

    /// <summary>A visitor's browser told what was done with the widget.</summary>
    /// <param name="type">The channel.</param>
    /// <param name="name">One of a fixed list: it becomes a tag.</param>
    public void Widget(IntegrationType type, string name) => Add(_widget, 1, type, name);

    /// <summary>A refresh lease was waited for.</summary>
    /// <param name="type">The platform.</param>
    /// <param name="outcome">What ended the wait: the lease was had, the other's outcome was taken, or it took too long.</param>
    /// <param name="waited">How long.</param>
    public void LeaseWait(IntegrationType type, LeaseWaitOutcome outcome, TimeSpan waited) => Record(_leaseWait, waited, type, outcome switch
    {
        LeaseWaitOutcome.Leased => "leased",
        LeaseWaitOutcome.Answered => "answered",
        _ => "given_up",
    });

    /// <summary>A message was set aside.</summary>
    /// <param name="type">The platform. Null if its integration is gone.</param>
    /// <param name="direction">Which way it was going.</param>
    /// <param name="lastError">The error stored with it.</param>
    public void DeadLetter(IntegrationType? type, MessageDirection direction, string? lastError)
    {
        if (_deadLetters.Enabled)
            _deadLetters.Add(1, new TagList
            {
                { TagNames.Type, type?.Value ?? TagNames.Other },
                { TagNames.Direction, TagNames.Of(direction) },
                { TagNames.ErrorType, TagNames.OfStoredError(lastError) },
            });
    }

    private static Histogram<double> Seconds(Meter meter, string name, double[] buckets, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });

    private static void Add(Counter<long> counter, long value, IntegrationType type, string outcome)
    {
        if (counter.Enabled)
            counter.Add(value, new(TagNames.Type, type.Value), new(TagNames.Outcome, outcome));
    }

    private static void Record(Histogram<double> histogram, TimeSpan value, IntegrationType type, string outcome, string? errorType = null)
    {
        if (!histogram.Enabled)
            return;
        if (errorType is null)
            histogram.Record(Positive(value), new(TagNames.Type, type.Value), new(TagNames.Outcome, outcome));
        else
            histogram.Record(Positive(value), new(TagNames.Type, type.Value), new(TagNames.Outcome, outcome), new(TagNames.ErrorType, errorType));
    }

    // The clock of the host that took a message may be ahead of ours.
    private static double Positive(TimeSpan value) => Math.Max(0, value.TotalSeconds);
}
