namespace Integrations;

/// <summary>Reads the <c>error</c> parameter of a callback (RFC 6749, 4.1.2.1). It is anybody's text: only known values are repeated.</summary>
internal static class CallbackError
{
    public static ConnectResult Read(string error, string returnPath) => error switch
    {
        // LinkedIn's two words for it beside the standard one.
        "access_denied" or "user_denied" or "user_cancelled_login" or "user_cancelled_authorize" => new ConnectResult
        {
            Outcome = ConnectOutcome.Denied,
            Error = Refusal.New(ProviderErrorKind.AccessDenied, "access_denied", "The person declined."),
            ReturnPath = returnPath,
        },
        "server_error" or "temporarily_unavailable" => AccountConnector.Failed(
            Refusal.New(ProviderErrorKind.Transient, error, "The platform has trouble. Connect again later."), returnPath),
        "invalid_request" or "unauthorized_client" or "unsupported_response_type" or "invalid_scope" => AccountConnector.Failed(
            Refusal.New(ProviderErrorKind.Configuration, error, "The platform does not accept how this app asks. Check the app's id, redirect address and permissions."), returnPath),
        _ => AccountConnector.Failed(
            Refusal.New(ProviderErrorKind.Unknown, "authorization_error", "The platform sent the browser back with an error. Connect again."), returnPath),
    };
}
