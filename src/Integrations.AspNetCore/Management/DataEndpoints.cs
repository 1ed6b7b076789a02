using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>What people may ask to be done with their data: one contact erased, everything of the client handed over.</summary>
internal sealed class DataEndpoints(EndpointSetup setup)
{
    private const int MaxContactLength = 200;

    public async Task<IResult> EraseContactAsync(
        HttpContext http, Guid id, [FromServices] IIntegrationData data, [FromServices] IIntegrationReader reader, CancellationToken ct)
    {
        var (body, failure) = await http.ReadBodyAsync(IntegrationsJsonContext.Default.IntegrationContactRequest, setup.Options.MaxManagementBytes, ct);
        if (body is null)
            return ManagementContext.Problem(failure!);
        if (body.ContactId is not { Length: > 0 and <= MaxContactLength } contact)
            return ManagementContext.Problem(Failure.Invalid("$.contact_id", "required", "contact_id must be the platform's id of a person."));
        var key = new IntegrationKey(http.CurrentUser().ClientId, id);
        return await reader.FindAsync(key, ct) is null
            ? ManagementContext.Problem(Failure.NotFound)
            : ManagementContext.Ok(
                new IntegrationErasedResponse { Messages = await data.EraseContactAsync(key, contact, ct) }, IntegrationsJsonContext.Default.IntegrationErasedResponse);
    }

    /// <summary>Written as it is read: an export of any size takes no memory. One that breaks off is no complete JSON.</summary>
    public static IResult Export(HttpContext http, [FromServices] IIntegrationData data)
    {
        var client = http.CurrentUser().ClientId;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(output => data.ExportAsync(client, output, http.RequestAborted), "application/json", "integrations-export.json");
    }
}
