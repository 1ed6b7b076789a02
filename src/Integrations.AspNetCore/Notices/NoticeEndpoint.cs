using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Takes a platform's notice that a person removed the app or wants their data deleted.</summary>
/// <remarks>Meta posts a form with <c>signed_request</c>: https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback</remarks>
internal sealed class NoticeEndpoint(EndpointSetup setup)
{
    public Task DeauthorizeAsync(HttpContext http, string type, [FromServices] IIntegrationCatalog catalog, [FromServices] IPlatformNoticeIntake intake) =>
        HandleAsync(http, type, PlatformNoticeKind.Deauthorize, catalog, intake);

    public Task DeleteDataAsync(HttpContext http, string type, [FromServices] IIntegrationCatalog catalog, [FromServices] IPlatformNoticeIntake intake) =>
        HandleAsync(http, type, PlatformNoticeKind.DataDeletion, catalog, intake);

    private async Task HandleAsync(HttpContext http, string type, PlatformNoticeKind kind, IIntegrationCatalog catalog, IPlatformNoticeIntake intake)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        if (!IntegrationType.TryParse(type, out var platform) || catalog.Find(platform) is not { Availability: IntegrationAvailability.Available })
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!LimitedForm.IsForm(http.Request))
        {
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        if (await LimitedForm.ReadAsync(http.Request, setup.Options.MaxNoticeBytes, http.RequestAborted) is not { } form)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        var request = new PlatformNoticeRequest { Kind = kind, Form = form };
        if (await ReceiveAsync(http, platform, request, intake) is { } receipt)
            await AnswerAsync(http, platform, kind, receipt);
    }

    private async Task<PlatformNoticeReceipt?> ReceiveAsync(HttpContext http, IntegrationType type, PlatformNoticeRequest request, IPlatformNoticeIntake intake)
    {
        try
        {
            return await intake.ReceiveAsync(type, request, http.RequestAborted);
        }
        catch (IntegrationException exception) when (exception.Kind is IntegrationErrorKind.NotAvailable or IntegrationErrorKind.NotFound)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.NoticeFailed(setup.Logger, exception, request.Kind, type);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(setup.Options.StoreFailureRetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        return null;
    }

    private async Task AnswerAsync(HttpContext http, IntegrationType type, PlatformNoticeKind kind, PlatformNoticeReceipt receipt)
    {
        if (!receipt.IsVerified)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        if (kind == PlatformNoticeKind.Deauthorize || receipt.ConfirmationCode is not { } code)
            return;
        http.Response.ContentType = "application/json";
        var answer = new DeletionAnswer { Url = setup.Addresses.DeletionStatus(type, code).AbsoluteUri, ConfirmationCode = code };
        await JsonSerializer.SerializeAsync(http.Response.Body, answer, IntegrationsJsonContext.Default.DeletionAnswer, http.RequestAborted);
    }
}
