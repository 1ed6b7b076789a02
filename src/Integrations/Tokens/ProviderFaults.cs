using System.Text.Json;

namespace Integrations;

/// <summary>What an exception that escaped a provider means. Its text is not repeated: it may quote what the platform said.</summary>
internal static class ProviderFaults
{
    /// <summary>The codes of calls that left and got no whole answer: the platform may have done what was asked.</summary>
    public static IReadOnlyList<string> LostAnswerCodes { get; } = ["timeout", "connection_lost", "response_ended", "http_failure", "unreadable_answer"];

    /// <summary>For a call that may be repeated.</summary>
    public static ProviderError OfCall(Exception exception) => exception switch
    {
        IntegrationException e => OfOurs(e),
        OperationCanceledException or TimeoutException => New(ProviderErrorKind.Transient, "timeout", "The platform did not answer in time"),
        HttpRequestException e => New(ProviderErrorKind.Transient, HttpCode(e), "The platform could not be reached"),
        IOException => New(ProviderErrorKind.Transient, "connection_lost", "The connection to the platform broke"),
        JsonException => New(ProviderErrorKind.Unknown, "unreadable_answer", "The platform's answer could not be read"),
        _ => New(ProviderErrorKind.Unknown, "exception", $"The provider threw {exception.GetType().Name}"),
    };

    /// <summary>For a send, which may have been carried out unless it surely never left.</summary>
    public static ProviderError OfSend(Exception exception) => exception switch
    {
        IntegrationException { Kind: IntegrationErrorKind.Configuration or IntegrationErrorKind.NotAvailable or IntegrationErrorKind.InvalidRequest } e => OfOurs(e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.ConfigurationLimitExceeded } => OfCall(exception),
        _ => New(ProviderErrorKind.OutcomeUnknown, exception is OperationCanceledException or TimeoutException ? "timeout" : "answer_lost",
            "The message left and no answer came; it may have been delivered"),
    };

    private static ProviderError OfOurs(IntegrationException exception) => exception.Kind switch
    {
        IntegrationErrorKind.Configuration or IntegrationErrorKind.CredentialsUnreadable => New(ProviderErrorKind.Configuration, "configuration", exception.Message),
        IntegrationErrorKind.NotAvailable => New(ProviderErrorKind.NotAvailable, "not_available", exception.Message),
        IntegrationErrorKind.InvalidRequest => New(ProviderErrorKind.InvalidRequest, "invalid_request", exception.Message),
        _ => New(ProviderErrorKind.Unknown, "exception", exception.Message),
    };

    private static string HttpCode(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.Unknown ? "http_failure" : JsonNamingPolicy.SnakeCaseLower.ConvertName(exception.HttpRequestError.ToString());

    private static ProviderError New(ProviderErrorKind kind, string code, string message) => Refusal.New(kind, code, message);
}
