using System.Text.Json.Nodes;

namespace Integrations.Testing;

public sealed partial class SimulatedPage
{
    // Meta names two different ids for the Page inbox; receivers may only compare with their own app id.
    private const string InboxAppId = "263902037430900";

    /// <summary>A person answers from the Page inbox: the app sees an echo with another app's id.</summary>
    public Task<WebhookDelivery?> SendFromInboxAsync(SimulatedContact contact, string text, CancellationToken ct = default) =>
        _world.Pump.EnqueueAsync(Echo(Sent.ByHand(contact.Id, text), InboxAppId), ct);

    /// <summary>A change of the Page feed, which is not a conversation: <paramref name="valueJson"/> is the <c>value</c> object.</summary>
    public Task<WebhookDelivery?> EmitChangeAsync(string field, string valueJson, CancellationToken ct = default) => _world.Pump.EnqueueAsync(
        new PendingEvent(Source, field, "changes", new JsonObject { ["field"] = field, ["value"] = JsonNode.Parse(valueJson) }), ct);

    /// <summary>
    /// Meta blocks the Page for breaking a policy and says so; sends are refused with 368 until <see cref="LiftPolicyBlockAsync"/>.
    /// https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_policy_enforcement
    /// </summary>
    /// <param name="reason">What Meta says about it.</param>
    /// <param name="ct">Cancels the call.</param>
    public Task<WebhookDelivery?> BlockForPolicyAsync(string reason, CancellationToken ct = default) =>
        EnforceAsync(true, new JsonObject { ["action"] = "block", ["reason"] = reason }, ct);

    /// <summary>Meta lifts the block and says so.</summary>
    public Task<WebhookDelivery?> LiftPolicyBlockAsync(CancellationToken ct = default) => EnforceAsync(false, new JsonObject { ["action"] = "unblock" }, ct);

    private Task<WebhookDelivery?> EnforceAsync(bool isBlocked, JsonObject body, CancellationToken ct)
    {
        lock (_world.Gate)
            IsBlocked = isBlocked;
        return _world.Pump.EnqueueAsync(
            new PendingEvent(Source, "messaging_policy_enforcement", "messaging", new JsonObject
            {
                ["recipient"] = new JsonObject { ["id"] = Id },
                ["timestamp"] = _world.Now.ToUnixTimeMilliseconds(),
                ["policy_enforcement"] = body,
            }),
            ct);
    }

    /// <summary>Completes when at least <paramref name="count"/> messages (sender actions not counted) have been sent.</summary>
    public Task<IReadOnlyList<SentMessage>> WaitForMessagesAsync(int count, CancellationToken ct = default) => Sent.WaitAsync(count, ct);
}
