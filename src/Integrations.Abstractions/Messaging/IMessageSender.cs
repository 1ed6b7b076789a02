namespace Integrations;

/// <summary>A provider that can send messages.</summary>
public interface IMessageSender
{
    /// <summary>
    /// Sends one message that already keeps the descriptor's limits. No retry inside: a refusal, a time-out and a lost answer
    /// (<see cref="ProviderErrorKind.OutcomeUnknown"/>) are results.
    /// </summary>
    Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default);
}
