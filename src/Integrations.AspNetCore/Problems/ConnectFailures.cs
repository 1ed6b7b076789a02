namespace Integrations.AspNetCore;

/// <summary>What a person or a program is told about a connect that did not work.</summary>
internal static class ConnectFailures
{
    public static Failure From(ConnectResult result) => result.Outcome switch
    {
        ConnectOutcome.Denied => Make(403, "denied", "You did not allow the connection.", "Nothing was changed. Connect again whenever you like."),
        ConnectOutcome.StateUnknown => Make(400, "state_unknown", "This connection was not started here.", "Go back and connect again."),
        ConnectOutcome.StateReplayed => Make(400, "state_replayed", "This page was already used.", "Go back and see whether you are connected; if not, connect again."),
        ConnectOutcome.StateExpired => Make(400, "state_expired", "This took too long.", "Go back and connect again."),
        ConnectOutcome.TypeMismatch => Make(400, "type_mismatch", "This answer belongs to another platform.", "Go back and connect again."),
        ConnectOutcome.BrowserMismatch => Make(403, "browser_mismatch", "This was started in another browser.", "Connect again in the browser you are using now, and allow cookies for this site."),
        ConnectOutcome.UserMismatch => Make(403, "user_mismatch", "This was started by someone else.", "Sign in as the person who started, and connect again."),
        ConnectOutcome.IssuerMismatch => Make(400, "issuer_mismatch", "This answer came from another server.", "Go back and connect again."),
        ConnectOutcome.MissingScopes => Make(403, "missing_scopes", "Some needed permissions were not given.", MissingScopes(result)),
        ConnectOutcome.NoAccounts => Make(409, "no_accounts", "There is no account that can be connected.", "Connect again and tick the account in the dialog. You need the right to manage its messages."),
        ConnectOutcome.AccountTaken => Make(409, "account_taken", "This account is connected elsewhere.", "Disconnect it there first, or choose another account."),
        ConnectOutcome.AccountMismatch => Make(409, "account_mismatch", "This is another account.", Mismatch(result)),
        ConnectOutcome.InvalidDetails => new Failure
        {
            Status = 422,
            Code = "invalid_details",
            Title = "The settings do not fit this account.",
            Detail = "Correct the settings and connect again.",
            Errors = [.. result.DetailsErrors.Select(e => IntegrationFieldError.From(e))],
        },
        ConnectOutcome.CredentialsIncomplete => new Failure
        {
            Status = 400,
            Code = "invalid_request",
            Title = "The request is not valid.",
            Detail = string.Join(' ', result.DetailsErrors.Select(e => e.Message)),
            Errors = [.. result.DetailsErrors.Select(e => IntegrationFieldError.From(e))],
        },
        _ => result.Error is { } error ? ProviderFailures.From(error) : Make(502, "failed", "Connecting did not work.", "Try again in a moment."),
    };

    private static string MissingScopes(ConnectResult result) => result.MissingScopes.Count == 0
        ? "Connect again and allow everything that is asked for."
        : $"Connect again and allow everything that is asked for. Missing: {string.Join(", ", result.MissingScopes)}.";

    private static string Mismatch(ConnectResult result) => result.Mismatch is not { } mismatch
        ? "Connect again with the account that is connected here, or choose to switch accounts."
        : $"Connected here is {mismatch.ConnectedName ?? mismatch.ConnectedId} ({mismatch.ConnectedId}). What you allowed opens "
            + $"{string.Join(", ", mismatch.Offered.Take(5).Select(a => $"{a.Name} ({a.Id})"))}. Nothing was changed. "
            + "Connect again as someone who manages the connected account, or choose to switch accounts.";

    private static Failure Make(int status, string code, string title, string detail) =>
        new() { Status = status, Code = code, Title = title, Detail = detail };
}
