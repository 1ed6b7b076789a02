namespace Integrations.AspNetCore;

/// <summary>What a fault of the SDK looks like over HTTP. Messages name ids and next steps, never a secret; those for operators stay in the log.</summary>
internal static class ExceptionFailures
{
    public static Failure From(IntegrationException exception) => exception.Kind switch
    {
        IntegrationErrorKind.NotFound => Failure.NotFound,
        IntegrationErrorKind.NotAvailable => Make(409, "not_available", "This is not available here.", exception.Message),
        IntegrationErrorKind.Conflict => Make(409, "conflict", "Someone else changed it meanwhile.", "Read it again and repeat."),
        IntegrationErrorKind.CredentialsUnreadable => Make(409, "credentials_unreadable", "The stored credentials cannot be opened.",
            "Tell the operator: the key they were sealed with is missing. Do not reconnect."),
        IntegrationErrorKind.InvalidRequest => Make(400, "invalid_request", "The request is not valid.", exception.Message),
        IntegrationErrorKind.Configuration => Make(500, "configuration", "This host is not set up correctly.", "Tell the operator: its log names the setting."),
        _ => Make(500, "unexpected", "Something went wrong.", "Tell the operator: its log has more."),
    };

    private static Failure Make(int status, string code, string title, string detail) =>
        new() { Status = status, Code = code, Title = title, Detail = detail };
}
