using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>The built-in form for platforms that connect by typed credentials. What it takes goes the way of the management API.</summary>
internal sealed class CredentialEndpoint(EndpointSetup setup, ConnectAnswers answers)
{
    // A key file in a field is a few thousand characters.
    private const int MaxFormBytes = 64 * 1024;

    public IResult Show(HttpContext http, ConnectTarget target, IIntegrationCatalog catalog) => Page(http, target, catalog.CredentialFields(target.Type));

    public async Task<IResult> SubmitAsync(
        HttpContext http,
        string type,
        [FromServices] IIntegrationConnector connector,
        [FromServices] IIntegrationCatalog catalog,
        [FromQuery(Name = "chat_id")] string? chatId,
        [FromQuery(Name = "return_path")] string? returnPath,
        [FromQuery(Name = "allow_account_switch")] string? allowAccountSwitch,
        CancellationToken ct)
    {
        if (!IntegrationType.TryParse(type, out var platform))
            return new FailureResult(setup, Failure.UnknownType);
        if (!RequestOrigin.IsOurs(http.Request, setup.Site))
        {
            Log.ForeignOrigin(setup.Logger, platform, setup.Site.Origin);
            return new FailureResult(setup, Failure.ForeignOrigin);
        }
        var (target, failure) = await ConnectTarget.ReadAsync(http, catalog, type, chatId, returnPath, allowAccountSwitch);
        if (target is null)
            return new FailureResult(setup, failure!);
        var sent = await LimitedForm.ReadAsync(http.Request, MaxFormBytes, ct);
        if (sent is null)
            return new FailureResult(setup, Failure.Invalid("$", "form", "This was not sent as a form, or is too long for one."), Path(target));

        var fields = catalog.CredentialFields(target.Type);
        var refusal = setup.Forms.WhyNot(sent.GetValueOrDefault(CredentialForm.SealName), target, setup.Cookies.ReadBrowser(http));
        if (refusal is { } outcome)
        {
            Log.FormRefused(setup.Logger, target.Type, outcome);
            var why = ConnectFailures.From(new ConnectResult { Outcome = outcome });
            return outcome == ConnectOutcome.StateExpired && !FailureResult.WantsJson(http.Request)
                ? Page(http, target, fields, sent, Failure.FormExpired)
                : new FailureResult(setup, why, Path(target));
        }

        var result = await connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
        {
            ClientId = target.User.ClientId,
            ChatId = target.ChatId,
            Type = target.Type,
            AllowAccountSwitch = target.AllowAccountSwitch,
            Submission = new CredentialSubmission { Values = CredentialForm.Typed(fields, sent) },
        }, ct);
        return CanBeCorrected(result) && !FailureResult.WantsJson(http.Request)
            ? Page(http, target, fields, sent, ConnectFailures.From(result))
            : answers.For(http, target.Type, result, returnPath: target.ReturnPath);
    }

    /// <summary>By typing something else, or by sending it once more.</summary>
    private static bool CanBeCorrected(ConnectResult result) =>
        result.Outcome is not (ConnectOutcome.Connected or ConnectOutcome.AccountSelectionRequired)
        && result.Error?.Kind is not (ProviderErrorKind.Configuration or ProviderErrorKind.NotAvailable);

    private Page Page(
        HttpContext http, ConnectTarget target, IReadOnlyList<CredentialField> fields, IReadOnlyDictionary<string, string>? sent = null, Failure? failure = null) =>
        CredentialPage.Make(new CredentialForm
        {
            Platform = target.Platform,
            Fields = fields,
            Action = Path(target),
            Back = LocalPath.ToLocation(target.ReturnPath),
            Seal = setup.Forms.Make(target, setup.Cookies.KeepOrMakeBrowser(http)),
            Sent = sent,
            Failure = failure,
        });

    /// <summary>The address of the form, to send it to and to come back to.</summary>
    private string Path(ConnectTarget target)
    {
        var path = LocalPath.With($"{setup.Site.PathPrefix}/{target.Type}/connect", ("chat_id", target.ChatId.ToString()));
        if (target.ReturnPath is { } back)
            path = LocalPath.With(path, ("return_path", back));
        return target.AllowAccountSwitch ? LocalPath.With(path, ("allow_account_switch", "true")) : path;
    }
}
