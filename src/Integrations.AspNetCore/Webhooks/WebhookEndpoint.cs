using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>
/// Takes a platform's call: the raw bytes go to the intake untouched, and 200 is answered only once everything is stored.
/// </summary>
internal sealed class WebhookEndpoint(EndpointSetup setup)
{
    private readonly WebhookRoutes _routes = new(setup.Addresses);
    private readonly string _retryAfter = ((int)Math.Ceiling(setup.Options.StoreFailureRetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public async Task HandleAsync(HttpContext http, string type, [FromServices] IIntegrationCatalog catalog, [FromServices] IWebhookIntake intake)
    {
        if (_routes.Find(type, catalog) is not { } route)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var body = await LimitedBody.ReadAsync(http.Request, setup.Options.MaxWebhookBytes, http.RequestAborted);
        if (body.IsTooLarge)
        {
            Log.WebhookTooLarge(setup.Logger, route.Type, setup.Options.MaxWebhookBytes);
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        if (await ReceiveAsync(http, route, body.Bytes, intake) is { } receipt)
            await AnswerAsync(http.Response, receipt, http.RequestAborted);
    }

    private async Task<WebhookReceipt?> ReceiveAsync(HttpContext http, WebhookRoutes.Route route, ReadOnlyMemory<byte> body, IWebhookIntake intake)
    {
        try
        {
            return await intake.ReceiveAsync(route.Type, new WebhookRequest
            {
                Method = http.Request.Method,
                PublicUri = route.PublicUri,
                Headers = new HeaderView(http.Request.Headers),
                Query = new QueryView(http.Request),
                QueryString = http.Request.QueryString.Value ?? string.Empty,
                Body = body,
            }, http.RequestAborted);
        }
        catch (IntegrationException exception) when (exception.Kind is IntegrationErrorKind.NotAvailable or IntegrationErrorKind.NotFound)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Nothing was promised yet: a failing answer makes the platform send it again.
            Log.WebhookNotStored(setup.Logger, exception, route.Type);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = _retryAfter;
        }
        return null;
    }

    private static Task AnswerAsync(HttpResponse response, WebhookReceipt receipt, CancellationToken ct)
    {
        if (receipt.Reply is not { } reply)
        {
            response.StatusCode = receipt.Verdict switch
            {
                WebhookVerdict.Accepted => StatusCodes.Status200OK,
                WebhookVerdict.Unverified => StatusCodes.Status401Unauthorized,
                _ => StatusCodes.Status400BadRequest,
            };
            return Task.CompletedTask;
        }
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        // A handshake echoes what the caller sent: no browser may take it for a page.
        response.Headers.XContentTypeOptions = "nosniff";
        return reply.Body.Length == 0 ? Task.CompletedTask : response.WriteAsync(reply.Body, ct);
    }
}
