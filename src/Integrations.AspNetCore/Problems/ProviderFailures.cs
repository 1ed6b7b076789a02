namespace Integrations.AspNetCore;

/// <summary>What a platform's refusal looks like over HTTP.</summary>
internal static class ProviderFailures
{
    public static Failure From(ProviderError error) => error.Kind switch
    {
        ProviderErrorKind.RateLimited => Make(error, 429, "rate_limited", "There are too many calls for now."),
        ProviderErrorKind.ReconnectRequired => Make(error, 409, "reconnect_required", "The platform does not accept this connection."),
        ProviderErrorKind.AccessDenied => Make(error, 403, "access_denied", "The platform does not allow this."),
        ProviderErrorKind.InsufficientScope => Make(error, 403, "insufficient_scope", "A needed permission is missing."),
        ProviderErrorKind.PolicyBlocked => Make(error, 403, "policy_blocked", "The platform blocks this account or its content."),
        ProviderErrorKind.InvalidRequest => Make(error, 422, "refused", "What was sent is not accepted."),
        ProviderErrorKind.NotAvailable => Make(error, 409, "not_available", "This is not available here."),
        ProviderErrorKind.WindowClosed or ProviderErrorKind.RecipientUnavailable or ProviderErrorKind.RecipientOptedOut =>
            Make(error, 409, "recipient_unavailable", "This person cannot be written to now."),
        // The host's own mistake is for its log, not for its clients.
        ProviderErrorKind.Configuration => new Failure
        {
            Status = 500,
            Code = "configuration",
            Title = "This host is not set up correctly for the platform.",
            Detail = "Tell the operator; trying again does not help.",
        },
        // Its words are about networks and settings, which are not for the host's clients either.
        ProviderErrorKind.Transient => new Failure
        {
            Status = 502,
            Code = "platform_failed",
            Title = "The platform did not answer as expected.",
            Detail = "Try again in a moment.",
            Error = error,
        },
        _ => Make(error, 502, "platform_failed", "The platform did not answer as expected."),
    };

    private static Failure Make(ProviderError error, int status, string code, string title) =>
        new() { Status = status, Code = code, Title = title, Detail = error.SafeMessage ?? NextStep(error.Kind), Error = error };

    private static string NextStep(ProviderErrorKind kind) => kind switch
    {
        ProviderErrorKind.ReconnectRequired => "Connect the account again. If you typed something in, check that it is complete and up to date.",
        ProviderErrorKind.AccessDenied => "Connect as someone who may manage this account. If you typed something in, check that it is complete and up to date.",
        ProviderErrorKind.InsufficientScope => "Connect the account again, and allow everything that is asked for.",
        ProviderErrorKind.PolicyBlocked => "Look for a notice of the platform's about this account, and follow it.",
        ProviderErrorKind.InvalidRequest => "Change what was sent; trying the same again does not help.",
        ProviderErrorKind.NotAvailable => "Trying again does not help.",
        ProviderErrorKind.WindowClosed => "Wait until this person writes again.",
        ProviderErrorKind.RecipientUnavailable or ProviderErrorKind.RecipientOptedOut => "Trying again does not help until this person writes or opts in again.",
        ProviderErrorKind.RateLimited => "Try again later.",
        _ => "Try again in a moment.",
    };
}
