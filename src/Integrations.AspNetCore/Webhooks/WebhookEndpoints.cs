using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Integrations.AspNetCore;

/// <summary>The routes platforms send events to. Who is calling is proven by the signature, so no sign-in is asked for.</summary>
internal static class WebhookEndpoints
{
    public static RouteGroupBuilder Map(RouteGroupBuilder group, EndpointSetup setup)
    {
        var webhook = new WebhookEndpoint(setup);
        group.WithTags(IntegrationsEndpointTags.Webhooks).AllowAnonymous().DisableAntiforgery();
        group.MapGet("/{type}/webhook", webhook.HandleAsync)
            .WithName("IntegrationsWebhookHandshake")
            .WithSummary("Answers a platform's handshake. Called by platforms only.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Produces(StatusCodes.Status401Unauthorized)
            .Produces(StatusCodes.Status404NotFound);
        group.MapPost("/{type}/webhook", webhook.HandleAsync)
            .WithName("IntegrationsWebhook")
            .WithSummary("Takes a platform's signed events; answered once they are stored. Called by platforms only.")
            .Produces(StatusCodes.Status200OK)
            .Produces(StatusCodes.Status400BadRequest)
            .Produces(StatusCodes.Status401Unauthorized)
            .Produces(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status413PayloadTooLarge)
            .Produces(StatusCodes.Status503ServiceUnavailable);
        return group;
    }
}
