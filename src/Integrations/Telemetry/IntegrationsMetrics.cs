using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Integrations;

/// <summary>
/// Counters of the runtime, on a meter named <c>Integrations</c>. Tags are bounded: the integration type and an outcome, never a
/// client or an integration.
/// </summary>
internal sealed class IntegrationsMetrics
{
    private const string TypeTag = "integrations.type";
    private const string OutcomeTag = "outcome";

    private readonly Counter<long> _connects;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _refreshes;

    public IntegrationsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(IntegrationsTelemetry.Name);
        _connects = meter.CreateCounter<long>("integrations.connects", "{attempt}", "Attempts to connect an account, by outcome.");
        _webhooks = meter.CreateCounter<long>("integrations.webhooks", "{call}", "Webhook calls by verdict.");
        _accepted = meter.CreateCounter<long>("integrations.inbound.events", "{event}", "Events of webhooks: accepted, duplicate or unrouted.");
        _handled = meter.CreateCounter<long>("integrations.inbound.handled", "{message}", "Inbound messages worked on, by the state they were left in.");
        _sends = meter.CreateCounter<long>("integrations.outbound.sends", "{message}", "Sends by outcome: sent, or the error kind.");
        _refreshes = meter.CreateCounter<long>("integrations.token.refreshes", "{call}", "Token refreshes by outcome: refreshed, or the error kind.");
    }

    /// <summary>An attempt to connect ended.</summary>
    public void Connect(IntegrationType type, ConnectOutcome outcome) => Add(_connects, 1, type, JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()));

    public void Webhook(IntegrationType type, WebhookVerdict verdict) => Add(_webhooks, 1, type, verdict switch
    {
        WebhookVerdict.Accepted => "accepted",
        WebhookVerdict.Unverified => "unverified",
        _ => "malformed",
    });

    public void Events(IntegrationType type, int accepted, int duplicates, int unrouted)
    {
        if (accepted > 0)
            Add(_accepted, accepted, type, "accepted");
        if (duplicates > 0)
            Add(_accepted, duplicates, type, "duplicate");
        if (unrouted > 0)
            Add(_accepted, unrouted, type, "unrouted");
    }

    public void Handled(IntegrationType type, MessageState state) => Add(_handled, 1, type, state switch
    {
        MessageState.Pending => "retry",
        MessageState.Done => "done",
        MessageState.Skipped => "skipped",
        _ => "failed",
    });

    public void Send(IntegrationType type, ProviderErrorKind? error) => Add(_sends, 1, type, error?.ToString() ?? "sent");

    public void Refresh(IntegrationType type, ProviderErrorKind? error) => Add(_refreshes, 1, type, error?.ToString() ?? "refreshed");

    private static void Add(Counter<long> counter, long value, IntegrationType type, string outcome)
    {
        if (counter.Enabled)
            counter.Add(value, new(TypeTag, type.Value), new(OutcomeTag, outcome));
    }
}
