using Integrations;
using Integrations.AspNetCore;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Maps the endpoints of Integrations. Paths start with <see cref="IntegrationsOptions.PathPrefix"/>; map them on the application itself,
/// not inside a group with a path of its own, since platforms know them by the addresses made from that setting.
/// </summary>
/// <remarks>
/// Each method throws <see cref="IntegrationException"/> (<see cref="IntegrationErrorKind.Configuration"/>) if <c>services.AddIntegrations()</c> was not
/// called, a needed setting is missing, or signed-in people are served and the host has no authorization. What it returns takes the host's conventions, such as <c>RequireRateLimiting</c>.
/// </remarks>
public static class IntegrationsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps all groups. Connect and management demand a signed-in person (the default authorization policy); callback, webhooks
    /// and notices do not, since they are proven by state and signature.
    /// </summary>
    public static RouteGroupBuilder MapIntegrations(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints, forPeople: true);
        var all = endpoints.MapGroup(setup.Site.RoutePrefix);
        ConnectEndpoints.Map(all.MapGroup(""), setup);
        WebhookEndpoints.Map(all.MapGroup(""), setup);
        NoticeEndpoints.Map(all.MapGroup(""), setup);
        ManagementEndpoints.Map(all.MapGroup("/api"), setup);
        if (setup.HasWidget)
            WidgetEndpoints.Map(all.MapGroup("/widget"), new WidgetServer(setup, endpoints.ServiceProvider));
        return all;
    }

    /// <summary>Maps connect, callback and the built-in account choice page.</summary>
    public static RouteGroupBuilder MapIntegrationsConnect(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints, forPeople: true);
        return ConnectEndpoints.Map(endpoints.MapGroup(setup.Site.RoutePrefix), setup);
    }

    /// <summary>Maps the webhooks.</summary>
    public static RouteGroupBuilder MapIntegrationsWebhooks(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints);
        return WebhookEndpoints.Map(endpoints.MapGroup(setup.Site.RoutePrefix), setup);
    }

    /// <summary>Maps deauthorise and data-deletion notices, and the page that tells a person how a deletion stands.</summary>
    public static RouteGroupBuilder MapIntegrationsNotices(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints);
        return NoticeEndpoints.Map(endpoints.MapGroup(setup.Site.RoutePrefix), setup);
    }

    /// <summary>Maps the chat widget's script and what its visitors' browsers call. Needs <c>AddChatWidget()</c>.</summary>
    public static RouteGroupBuilder MapIntegrationsWidget(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints);
        if (!setup.HasWidget)
            throw new IntegrationException(IntegrationErrorKind.Configuration,
                "MapIntegrationsWidget() needs the chat widget. Call AddChatWidget() on what AddIntegrations() returns.");
        return WidgetEndpoints.Map(endpoints.MapGroup(setup.Site.RoutePrefix).MapGroup("/widget"), new WidgetServer(setup, endpoints.ServiceProvider));
    }

    /// <summary>Maps the management API under <c>api</c>, described for OpenAPI.</summary>
    public static RouteGroupBuilder MapIntegrationsManagement(this IEndpointRouteBuilder endpoints)
    {
        var setup = EndpointSetup.From(endpoints, forPeople: true);
        return ManagementEndpoints.Map(endpoints.MapGroup(setup.Site.RoutePrefix).MapGroup("/api"), setup);
    }
}
