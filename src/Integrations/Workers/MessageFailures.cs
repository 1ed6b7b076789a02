using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>The ends and detours of messages that could not be handled or sent: tried again, or set aside with one event.</summary>
internal sealed class MessageFailures(EventFactory events, IOptions<IntegrationsOptions> options)
{
    private const string ThrownCode = "exception";

    /// <summary>Whether the last attempt was broken off by an exception, at whatever step.</summary>
    public static bool HasThrown(StoredMessage message) => message.LastError?.EndsWith($"({ThrownCode})", StringComparison.Ordinal) == true;

    /// <summary>After an attempt failed: again after a growing pause, or set aside after the last.</summary>
    public MessageOutcome AfterAttempt(StoredMessage message, ProviderError error, TimeSpan? pause = null, Func<Task>? then = null) =>
        message.Attempts + 1 < options.Value.MaxAttempts
            ? MessageOutcome.Retry(message, error.ToString(), pause ?? RetryDelays.AfterAttempt(message.Attempts), then)
            : Fail(message, error, then);

    /// <summary>After an attempt threw.</summary>
    public MessageOutcome AfterException(StoredMessage message, Exception exception) =>
        AfterAttempt(message, Refusal.New(ProviderErrorKind.Unknown, ThrownCode, $"{exception.GetType().Name} was thrown; see the log"));

    /// <summary>Set aside, and told once.</summary>
    public MessageOutcome Fail(StoredMessage message, ProviderError error, Func<Task>? then = null) => new()
    {
        Settlement = new MessageSettlement
        {
            MessageId = message.Id, State = MessageState.Failed, Error = error.ToString(), Event = events.MessageFailed(message, error),
        },
        Then = then,
    };
}
