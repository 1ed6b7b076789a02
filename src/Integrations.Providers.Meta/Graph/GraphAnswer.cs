using System.Net;

namespace Integrations.Providers.Meta;

/// <summary>Turns an HTTP answer, or the lack of one, into a result. Pure.</summary>
internal static class GraphAnswer
{
    public static GraphResult Read(GraphRequest request, HttpStatusCode statusCode, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var status = (int)statusCode;
        var root = GraphJson.TryParse(body);
        // Graph is known to report errors with status 200: always look.
        if (root is { } json && GraphError.Find(json) is { } error)
            return GraphErrorClassifier.Classify(error, status, request.Endpoint, retryAfter);
        if (status is >= 200 and < 300)
            return root is { } answer ? GraphResult.Answer(answer) : Unreadable(request, status);
        return Plain(status, retryAfter);
    }

    /// <summary>No answer came.</summary>
    /// <param name="request">The call.</param>
    /// <param name="code">Why: a short token.</param>
    /// <param name="left">Whether it may have reached the platform.</param>
    public static ProviderError None(GraphRequest request, string code, bool left) => request.IsSend && left
        ? new ProviderError
        {
            Kind = ProviderErrorKind.OutcomeUnknown,
            Code = code,
            SafeMessage = "The message left and Meta's answer was lost: it may have been sent.",
        }
        : new ProviderError
        {
            Kind = ProviderErrorKind.Transient,
            Code = code,
            SafeMessage = "Meta could not be reached. If that goes on, check the network and the GraphBaseUri setting.",
        };

    public static ProviderError Paused(TimeSpan remaining) => new()
    {
        Kind = ProviderErrorKind.RateLimited,
        Code = "paused",
        SafeMessage = GraphErrorTable.Throttled.Text,
        RetryAfter = remaining,
    };

    private static GraphResult Unreadable(GraphRequest request, int status)
    {
        var error = None(request, "not_json", left: true);
        return new ProviderError { Kind = error.Kind, Code = error.Code, SafeMessage = error.SafeMessage, HttpStatus = status };
    }

    // Without an error object it was not Graph that answered, but a proxy before it: that says nothing about the message.
    private static GraphResult Plain(int status, TimeSpan? retryAfter) => new ProviderError
    {
        Kind = status switch
        {
            429 => ProviderErrorKind.RateLimited,
            408 or >= 500 => ProviderErrorKind.Transient,
            >= 300 and < 400 => ProviderErrorKind.Configuration,
            _ => ProviderErrorKind.Unknown,
        },
        Code = FormattableString.Invariant($"http_{status}"),
        SafeMessage = status is >= 300 and < 400
            ? "The Graph address answered with a redirect, which is not followed. Check the GraphBaseUri setting."
            : "The answer did not come from the Graph API itself. If that goes on, check proxies and the GraphBaseUri setting.",
        RetryAfter = retryAfter,
        HttpStatus = status,
    };
}
