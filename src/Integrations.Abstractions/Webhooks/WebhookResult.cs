namespace Integrations;

/// <summary>What a webhook call was. Immutable.</summary>
public sealed class WebhookResult
{
    /// <summary>Whether it was genuine.</summary>
    public required WebhookVerdict Verdict { get; init; }

    /// <summary>The events in it, in the platform's order. Empty unless accepted.</summary>
    public IReadOnlyList<InboundEvent> Events { get; init; } = [];

    /// <summary>
    /// The platform all of the events belong to, if it is another than the receiver's own: several channels of one app can share
    /// one callback address. It must be installed. Null for the receiver's own.
    /// </summary>
    public IntegrationType? Type { get; init; }

    /// <summary>What to answer. Null for the default: 200 if accepted, 401 if unverified, 400 if malformed.</summary>
    public WebhookReply? Reply { get; init; }

    /// <summary>Why it was not accepted: a short stable code such as <c>signature_missing</c>. Null if accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>A genuine call with events, possibly none.</summary>
    public static WebhookResult Accepted(IReadOnlyList<InboundEvent> events) => new() { Verdict = WebhookVerdict.Accepted, Events = events };

    /// <summary>A genuine call that wants an immediate answer, such as a handshake.</summary>
    public static WebhookResult Answered(WebhookReply reply) => new() { Verdict = WebhookVerdict.Accepted, Reply = reply };

    /// <summary>A call that is not genuine.</summary>
    public static WebhookResult Unverified(string reason) => new() { Verdict = WebhookVerdict.Unverified, Reason = reason };
}
