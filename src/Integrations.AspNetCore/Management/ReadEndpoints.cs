using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Reads the catalog and a client's integrations.</summary>
internal static class ReadEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static IResult Catalog([FromServices] IIntegrationCatalog catalog) => ManagementContext.Ok(
        new IntegrationCatalogResponse { Items = [.. catalog.Descriptors.Select(d => IntegrationCatalogEntry.From(d, catalog.CredentialFields(d.Type)))] },
        IntegrationsJsonContext.Default.IntegrationCatalogResponse);

    public static async Task<IResult> ListAsync(
        HttpContext http,
        [FromServices] IIntegrationReader reader,
        [FromQuery(Name = "chat_id")] string? chatId,
        [FromQuery(Name = "type")] string? type,
        [FromQuery(Name = "after")] string? after,
        [FromQuery(Name = "limit")] string? limit,
        CancellationToken ct)
    {
        var rules = new RequestRules();
        var count = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > MaxLimit))
            rules.Add("$.limit", "out_of_range", $"This must be a number from 1 to {MaxLimit}.");
        var query = new IntegrationQuery
        {
            ClientId = http.CurrentUser().ClientId,
            ChatId = Id(chatId, "$.chat_id", rules),
            Type = type is null ? null : rules.Type(type, "$.type"),
            After = Id(after, "$.after", rules),
            Limit = count,
        };
        if (rules.Failure is { } failure)
            return ManagementContext.Problem(failure);
        var views = await reader.ListAsync(query, ct);
        return ManagementContext.Ok(new IntegrationListResponse
        {
            Items = [.. views.Select(IntegrationResponse.From)],
            Next = views.Count == count ? views[^1].Key.IntegrationId : null,
        }, IntegrationsJsonContext.Default.IntegrationListResponse);
    }

    public static async Task<IResult> FindAsync(HttpContext http, Guid id, [FromServices] IIntegrationReader reader, CancellationToken ct) =>
        await reader.FindAsync(new IntegrationKey(http.CurrentUser().ClientId, id), ct) is { } view
            ? ManagementContext.Ok(IntegrationResponse.From(view), IntegrationsJsonContext.Default.IntegrationResponse)
            : ManagementContext.Problem(Failure.NotFound);

    public static async Task<IResult> DiagnoseAsync(HttpContext http, Guid id, [FromServices] IConnectionDoctor doctor, CancellationToken ct) =>
        await doctor.DiagnoseAsync(new IntegrationKey(http.CurrentUser().ClientId, id), ct) is { } diagnosis
            ? ManagementContext.Ok(IntegrationDiagnosisResponse.From(diagnosis), IntegrationsJsonContext.Default.IntegrationDiagnosisResponse)
            : ManagementContext.Problem(Failure.NotFound);

    private static Guid? Id(string? text, string path, RequestRules rules)
    {
        if (text is null)
            return null;
        if (!Guid.TryParse(text, out var id))
            rules.Add(path, "not_a_guid", "This must be an id.");
        return id;
    }
}
