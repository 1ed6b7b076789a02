using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Turns the outcome of a send into what becomes of the message and of the connection, by the map in <see cref="ErrorActions"/>.</summary>
internal sealed class SendOutcomes(
    IIntegrationStore store,
    ConnectionTransitions transitions,
    ReconnectConfirmation confirmation,
    MessageFailures failures,
    TimeProvider time,
    ILogger<SendOutcomes> logger)
{
    private static readonly TimeSpan DefaultThrottle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestThrottle = TimeSpan.FromHours(1);
    private static readonly TimeSpan ThrottledFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan AwaitReconnect = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AfterConfirmation = TimeSpan.FromSeconds(1);

    /// <summary>Why a message that was being sent when its host died is parked.</summary>
    public static ProviderError CutOff { get; } = Refusal.New(ProviderErrorKind.OutcomeUnknown, "cut_off",
        "The host stopped while the message was being sent; it may have been delivered");

    /// <summary>Kept until an echo proves that it arrived, or the time for that is over.</summary>
    public static MessageOutcome Park(StoredMessage message, ProviderError error) =>
        MessageOutcome.Settled(message, MessageState.Unknown, error.ToString());

    /// <summary>Sent, as is known without having asked now.</summary>
    public static MessageOutcome Sent(StoredMessage message, string? platformMessageId, bool counts, Func<Task>? then = null) => new()
    {
        Settlement = new MessageSettlement { MessageId = message.Id, State = MessageState.Done, PlatformMessageId = platformMessageId, Counts = counts },
        Then = then,
    };

    /// <summary>The platform took it.</summary>
    public MessageOutcome Sent(StoredMessage message, StoredIntegration stored, string? platformMessageId, bool counts) =>
        Sent(message, platformMessageId, counts, () => SucceededAsync(stored));

    /// <summary>Nothing has left, for want of a usable token. The token's keeper has written down what is wrong.</summary>
    public Task<MessageOutcome> NotSentAsync(StoredMessage message, StoredIntegration stored, ProviderError error) =>
        Task.FromResult(error.Kind is ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope or ProviderErrorKind.AccessDenied
            ? MessageOutcome.Wait(AwaitReconnect, stored)
            : error.Code == TokenState.BackingOffCode && !IsTooOld(message)
                ? MessageOutcome.Wait(Throttle(error), stored)
                : failures.AfterAttempt(message, error));

    /// <summary>The platform refused it, or did not answer.</summary>
    public async Task<MessageOutcome> RefusedAsync(
        StoredMessage message, StoredIntegration stored, IIntegrationProvider provider, ConnectionContext connection, ProviderError error)
    {
        MessageLog.SendFailed(logger, message.Id, error.Kind, error.Code);
        var (forMessage, forConnection) = ErrorActions.ForSend(error.Kind);
        var isLost = forConnection == ConnectionAction.ConfirmLost && await confirmation.IsLostAsync(stored, provider, connection, error, message.Attempts);
        var then = forConnection == ConnectionAction.None ? (Func<Task>?)null : () => OnConnectionAsync(stored, error, forConnection);
        return forMessage switch
        {
            MessageAction.Throttle when !IsTooOld(message) => MessageOutcome.Retry(message, error.ToString(), Throttle(error), then),
            MessageAction.AwaitEcho => MessageOutcome.Settled(message, MessageState.Unknown, error.ToString(), then),
            MessageAction.AwaitReconnect when isLost => MessageOutcome.Retry(message, error.ToString(), AwaitReconnect, then, stored),
            // Not confirmed: the token was renewed, or the platform's word was a passing one.
            MessageAction.AwaitReconnect => failures.AfterAttempt(message, error, message.Attempts == 0 ? AfterConfirmation : null, then),
            MessageAction.Retry => failures.AfterAttempt(message, error, error.RetryAfter, then),
            _ => failures.Fail(message, error, then),
        };
    }

    private async Task SucceededAsync(StoredIntegration stored)
    {
        var key = stored.Record.Key;
        if (stored.Record.ErrorCount > 0 || stored.Record.LastError is not null)
            await store.RecordSuccessAsync(key, CancellationToken.None);
        // A connection that is degraded because its token cannot be refreshed is not mended by a send.
        if (stored.Connection is { State: ConnectionState.Degraded, RefreshFailureCount: 0 } or { State: ConnectionState.Suspended })
            await transitions.MoveAsync(stored, ConnectionCause.SendSucceeded, ofThisToken: true);
    }

    private async Task OnConnectionAsync(StoredIntegration stored, ProviderError error, ConnectionAction action)
    {
        var key = stored.Record.Key;
        await store.RecordFailureAsync(key, error.ToString(), CancellationToken.None);
        if (action == ConnectionAction.Alarm)
            MessageLog.Misconfigured(logger, stored.Record.Type, error.Code);
        if (action == ConnectionAction.Suspend)
            await transitions.MoveAsync(stored, ConnectionCause.PolicyBlocked, error);
    }

    private bool IsTooOld(StoredMessage message) => time.GetUtcNow().UtcDateTime - message.ReceivedAt > ThrottledFor;

    private static TimeSpan Throttle(ProviderError error) => error.RetryAfter switch
    {
        null => DefaultThrottle,
        var asked when asked <= TimeSpan.Zero => TimeSpan.FromSeconds(1),
        var asked when asked > LongestThrottle => LongestThrottle,
        var asked => asked.Value,
    };
}
