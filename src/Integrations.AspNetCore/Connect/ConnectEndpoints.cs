using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Integrations.AspNetCore;

/// <summary>The routes people's browsers walk through while connecting.</summary>
internal static class ConnectEndpoints
{
    public static RouteGroupBuilder Map(RouteGroupBuilder group, EndpointSetup setup)
    {
        var answers = new ConnectAnswers(setup);
        var limits = new ConnectLimits(setup);
        var credentials = new CredentialEndpoint(setup, answers);
        var start = new StartEndpoint(setup, credentials);
        var callback = new CallbackEndpoint(setup, answers);
        var accounts = new AccountsEndpoint(setup, answers);
        group.WithTags(IntegrationsEndpointTags.Connect).AddEndpointFilter(new FailureFilter(setup.Logger, f => new FailureResult(setup, f)));

        group.MapGet("/{type}/connect", start.HandleAsync)
            .AddEndpointFilter(limits.OnStartAsync)
            .RequireAuthorization()
            .WithName("IntegrationsConnect")
            .WithSummary("Sends the browser to the platform's consent dialog, or shows the form of a platform that connects by typed credentials.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Produces(StatusCodes.Status302Found)
            .ProducesFailure(400, 401, 404, 409, 414, 429, 502);
        group.MapPost("/{type}/connect", credentials.SubmitAsync)
            .AddEndpointFilter(limits.OnStartAsync)
            .RequireAuthorization()
            .DisableAntiforgery()
            .WithName("IntegrationsCredentialForm")
            .WithSummary("Takes the built-in form of a platform that connects by typed credentials.")
            .Produces(StatusCodes.Status303SeeOther)
            .ProducesFailure(400, 401, 403, 404, 409, 414, 422, 429, 502);
        // Open on purpose: a challenge here would lose the code. The connector itself demands the person that started.
        group.MapGet("/{type}/callback", callback.HandleAsync)
            .AddEndpointFilter(limits.OnCallbackAsync)
            .AllowAnonymous()
            .WithName("IntegrationsCallback")
            .WithSummary("Takes the browser back from the platform. Called by platforms only.")
            .Produces(StatusCodes.Status303SeeOther)
            .ProducesFailure(400, 403, 404, 409, 414, 422, 429, 502);
        group.MapGet("/{type}/accounts/{choice}", accounts.ShowAsync)
            .RequireAuthorization()
            .WithName("IntegrationsAccountPage")
            .WithSummary("The built-in page to choose an account on.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesFailure(401, 404);
        group.MapPost("/{type}/accounts/{choice}", accounts.ChooseAsync)
            .RequireAuthorization()
            .DisableAntiforgery()
            .WithName("IntegrationsAccountPageChoose")
            .WithSummary("Takes the built-in page's form.")
            .Produces(StatusCodes.Status303SeeOther)
            .ProducesFailure(400, 401, 403, 404, 409, 422, 502);
        return group;
    }
}
