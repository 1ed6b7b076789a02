using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>The built-in page on which a person picks one of the accounts a grant opens.</summary>
internal sealed class AccountsEndpoint(EndpointSetup setup, ConnectAnswers answers)
{
    private const int MaxFormBytes = 16 * 1024;

    public async Task<IResult> ShowAsync(
        HttpContext http, string type, string choice, [FromServices] IIntegrationConnector connector, CancellationToken ct)
    {
        if (await http.FindIntegrationUserAsync() is not { } user)
            return new FailureResult(setup, Failure.Unauthenticated);
        return setup.Cookies.FindChoice(http, choice, user) is { } key && await connector.FindAccountChoiceAsync(key, ct) is { } open && open.Type.Value == type
            ? AccountsPage.Make(open, answers.AccountsPath(open.Type, choice))
            : new FailureResult(setup, Failure.UnknownChoice);
    }

    public async Task<IResult> ChooseAsync(
        HttpContext http, string type, string choice, [FromServices] IIntegrationConnector connector, CancellationToken ct)
    {
        if (!IntegrationType.TryParse(type, out var platform))
            return new FailureResult(setup, Failure.UnknownType);
        if (!RequestOrigin.IsOurs(http.Request, setup.Site))
        {
            Log.ForeignOrigin(setup.Logger, platform, setup.Site.Origin);
            return new FailureResult(setup, Failure.ForeignOrigin);
        }
        if (await http.FindIntegrationUserAsync() is not { } user)
            return new FailureResult(setup, Failure.Unauthenticated);
        var form = await LimitedForm.ReadAsync(http.Request, MaxFormBytes, ct);
        if (form is null || !form.TryGetValue("account_id", out var account) || account.Length == 0)
            return new FailureResult(setup, Failure.Invalid("$.account_id", "required", "Choose one of the accounts."), answers.AccountsPath(platform, choice));
        if (setup.Cookies.FindChoice(http, choice, user) is not { } key)
            return new FailureResult(setup, Failure.UnknownChoice);
        // One that is no longer open goes on to the connector, which says why: a second press of the button is not an error to hide.
        if (await connector.FindAccountChoiceAsync(key, ct) is { } open && open.Type != platform)
            return new FailureResult(setup, Failure.UnknownChoice);

        var result = await connector.SelectAccountAsync(key, account, ct);
        if (result.Outcome == ConnectOutcome.Connected)
            setup.Cookies.DropChoice(http, choice);
        return answers.For(http, platform, result, choice);
    }
}
