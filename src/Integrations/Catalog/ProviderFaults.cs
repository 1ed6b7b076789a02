using System.Net;
using System.Text.Json;

namespace Integrations;

/// <summary>What an exception that escaped a provider means. Its text is not repeated: it may quote what the platform said.</summary>
internal static class ProviderFaults
{
    /// <summary>The codes of calls that left and got no whole answer: the platform may have done what was asked.</summary>
    public static IReadOnlyList<string> LostAnswerCodes { get; } = ["timeout", "connection_lost", "unreadable_answer"];

    /// <summary>What networks, and answers that are none, do. Anything else that escapes a provider is a bug of it, or ours.</summary>
    public static bool IsOfCall(Exception exception) => exception is OperationCanceledException or HttpRequestException or IOException or JsonException;

    /// <param name="exception">What escaped.</param>
    /// <param name="lost">
    /// What a lost answer is: <see cref="ProviderErrorKind.Transient"/> for a call that may be repeated,
    /// <see cref="ProviderErrorKind.OutcomeUnknown"/> for one that may not, such as the exchange of a code.
    /// </param>
    public static ProviderError OfCall(Exception exception, ProviderErrorKind lost) => exception switch
    {
        IntegrationException e => OfOurs(e),
        OperationCanceledException or TimeoutException => New(lost, "timeout", "The platform did not answer in time."),
        HttpRequestException { StatusCode: { } status } => OfStatus((int)status),
        HttpRequestException e when NeverLeft(e) => New(ProviderErrorKind.Transient, "unreachable", "The platform could not be reached."),
        HttpRequestException or IOException => New(lost, "connection_lost", "The connection to the platform broke before its answer was complete."),
        JsonException => New(ProviderErrorKind.Unknown, "unreadable_answer", "The platform's answer could not be read."),
        _ => New(ProviderErrorKind.Unknown, "exception", $"The provider threw {exception.GetType().Name}."),
    };

    /// <summary>For a send, which may have been carried out unless it surely never left.</summary>
    public static ProviderError OfSend(Exception exception) => exception switch
    {
        IntegrationException { Kind: IntegrationErrorKind.Configuration or IntegrationErrorKind.NotAvailable or IntegrationErrorKind.InvalidRequest } e => OfOurs(e),
        HttpRequestException e when NeverLeft(e) => OfCall(e, ProviderErrorKind.OutcomeUnknown),
        _ => New(ProviderErrorKind.OutcomeUnknown, exception is OperationCanceledException or TimeoutException ? "timeout" : "answer_lost",
            "The message left and no answer came; it may have been delivered"),
    };

    private static bool NeverLeft(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.ConfigurationLimitExceeded;

    private static ProviderError OfStatus(int status) => new()
    {
        Kind = status == (int)HttpStatusCode.TooManyRequests ? ProviderErrorKind.RateLimited : status >= 500 ? ProviderErrorKind.Transient : ProviderErrorKind.Unknown,
        Code = $"http_{status}",
        SafeMessage = "The platform refused the call.",
        HttpStatus = status,
    };

    private static ProviderError OfOurs(IntegrationException exception) => exception.Kind switch
    {
        IntegrationErrorKind.Configuration or IntegrationErrorKind.CredentialsUnreadable => New(ProviderErrorKind.Configuration, "configuration", exception.Message),
        IntegrationErrorKind.NotAvailable => New(ProviderErrorKind.NotAvailable, "not_available", exception.Message),
        IntegrationErrorKind.InvalidRequest => New(ProviderErrorKind.InvalidRequest, "invalid_request", exception.Message),
        _ => New(ProviderErrorKind.Unknown, "exception", exception.Message),
    };

    private static ProviderError New(ProviderErrorKind kind, string code, string message) => Refusal.New(kind, code, message);
}
