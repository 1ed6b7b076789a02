using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>What a browser gets after a step of connecting. No address here ever holds a code, a state or a handle.</summary>
internal sealed class ConnectAnswers(EndpointSetup setup)
{
    /// <param name="http">The request.</param>
    /// <param name="type">The platform.</param>
    /// <param name="result">How the step ended.</param>
    /// <param name="choiceId">The account choice it was taken from: a person can go back to it. Null if there was none.</param>
    /// <param name="returnPath">Where to go on, if the connector does not know.</param>
    public IResult For(HttpContext http, IntegrationType type, ConnectResult result, string? choiceId = null, string? returnPath = null)
    {
        returnPath ??= result.ReturnPath;
        SecurityHeaders.Apply(http.Response);
        switch (result.Outcome)
        {
            case ConnectOutcome.Connected:
                return new Redirect(ConnectedLocation(result, returnPath), StatusCodes.Status303SeeOther);
            case ConnectOutcome.AccountSelectionRequired when result.Choice is { } choice:
                var id = setup.Cookies.KeepChoice(http, choice);
                return new Redirect(ChoiceLocation(type, id), StatusCodes.Status303SeeOther);
            default:
                // A choice that was used up in vain comes back as a new one.
                if (result.Choice is { } another)
                    choiceId = setup.Cookies.KeepChoice(http, another);
                return new FailureResult(setup, ConnectFailures.From(result), choiceId is null ? returnPath : ChoiceLocation(type, choiceId));
        }
    }

    public string AccountsPath(IntegrationType type, string choiceId) => $"{setup.Site.PathPrefix}/{type}/accounts/{choiceId}";

    private string ChoiceLocation(IntegrationType type, string choiceId) => setup.Options.AccountPagePath is { } page
        ? LocalPath.With(page, ("integration_choice", choiceId))
        : AccountsPath(type, choiceId);

    private static string ConnectedLocation(ConnectResult result, string returnPath) => result.Key is { } key
        ? LocalPath.With(returnPath, ("integration", "connected"), ("integration_id", key.IntegrationId.ToString()))
        : LocalPath.With(returnPath, ("integration", "connected"));
}
