using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;

namespace Integrations.AspNetCore;

/// <summary>
/// What a website's pages load and their visitors' browsers call. Any site may: who is allowed is checked by origin and token, not by
/// a sign-in, and no cookie is involved.
/// </summary>
internal static class WidgetEndpoints
{
    public static RouteGroupBuilder Map(RouteGroupBuilder group, WidgetServer server)
    {
        group.WithTags(IntegrationsEndpointTags.Widget).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        var script = new ScriptEndpoint(server.Channel.Script);
        group.MapGet($"/v{server.Channel.Script.Version}/{{file}}", script.HandleAsync);
        MapReads(group, server);
        MapWrites(group, server);
        if (server.Uploads is LocalUploads uploads)
        {
            var files = new FileEndpoints(server, uploads);
            group.MapPut("/{id:guid}/uploads/{address}", files.PutAsync);
            group.MapGet("/{id:guid}/files/{address}", files.GetAsync);
        }

        group.MapMethods("/{id:guid}/{**call}", [HttpMethods.Options], server.Gate.PreflightAsync);
        return group;
    }

    private static void MapReads(RouteGroupBuilder group, WidgetServer server)
    {
        var config = new ConfigEndpoint(server);
        var messages = new HistoryEndpoint(server);
        var events = new EventsEndpoint(server);
        group.MapGet("/{id:guid}/config", config.HandleAsync);
        group.MapGet("/{id:guid}/messages", messages.HandleAsync);
        // A stream outlives any request timeout of the host.
        group.MapGet("/{id:guid}/events", events.HandleAsync).WithMetadata(new DisableRequestTimeoutAttribute());
    }

    private static void MapWrites(RouteGroupBuilder group, WidgetServer server)
    {
        var sessions = new SessionEndpoint(server);
        var messages = new MessageEndpoint(server);
        var small = new SmallEndpoints(server);
        group.MapPost("/{id:guid}/sessions", sessions.HandleAsync);
        group.MapDelete("/{id:guid}/session", small.EndAsync);
        group.MapPost("/{id:guid}/messages", messages.HandleAsync);
        group.MapPost("/{id:guid}/typing", small.TypingAsync);
        group.MapPost("/{id:guid}/read", small.ReadAsync);
        group.MapPost("/{id:guid}/analytics", small.AnalyticsAsync);
        group.MapPost("/{id:guid}/uploads", new UploadEndpoint(server).HandleAsync);
    }
}
