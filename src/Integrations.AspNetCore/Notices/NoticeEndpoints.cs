using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Integrations.AspNetCore;

/// <summary>The routes platforms send notices about people to, proven by their signature, and the page for those people.</summary>
internal static class NoticeEndpoints
{
    private const string Form = "application/x-www-form-urlencoded";

    public static RouteGroupBuilder Map(RouteGroupBuilder group, EndpointSetup setup)
    {
        var notice = new NoticeEndpoint(setup);
        group.WithTags(IntegrationsEndpointTags.Notices).AllowAnonymous().DisableAntiforgery();
        group.MapPost("/{type}/deauthorize", notice.DeauthorizeAsync)
            .WithName("IntegrationsDeauthorize")
            .WithSummary("Takes a platform's notice that a person removed the app. Called by platforms only.")
            .WithDescription($"The body is a form ({Form}) signed by the platform.")
            .Produces(StatusCodes.Status200OK)
            .ProducesRefusals();
        group.MapPost("/{type}/data-deletion", notice.DeleteDataAsync)
            .WithName("IntegrationsDataDeletion")
            .WithSummary("Takes a platform's notice that a person wants their data deleted. Called by platforms only.")
            .WithDescription($"The body is a form ({Form}) signed by the platform.")
            .Produces<DeletionAnswer>(StatusCodes.Status200OK, "application/json")
            .ProducesRefusals();
        group.MapGet("/{type}/data-deletion/{code}", DeletionStatusEndpoint.HandleAsync)
            .WithName("IntegrationsDataDeletionStatus")
            .WithSummary("Tells a person how the deletion of their data stands.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Produces<string>(StatusCodes.Status404NotFound, "text/html");
        return group;
    }

    private static void ProducesRefusals(this RouteHandlerBuilder endpoint) => endpoint
        .Produces(StatusCodes.Status401Unauthorized)
        .Produces(StatusCodes.Status404NotFound)
        .Produces(StatusCodes.Status413PayloadTooLarge)
        .Produces(StatusCodes.Status415UnsupportedMediaType)
        .Produces(StatusCodes.Status503ServiceUnavailable);
}
