using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Integrations.AspNetCore;

/// <summary>The API behind an extensions page and a deploy dialog. The client is always the asking person's, never one named in a request.</summary>
internal static class ManagementEndpoints
{
    private const string Json = "application/json";

    public static RouteGroupBuilder Map(RouteGroupBuilder group, EndpointSetup setup)
    {
        var connect = new ConnectApi(setup);
        var deploy = new DeployApi(setup);
        var data = new DataEndpoints(setup);
        group.WithTags(IntegrationsEndpointTags.Management).RequireAuthorization().DisableAntiforgery().DisableCookieRedirect();
        group.AddEndpointFilter(new FailureFilter(setup.Logger, ManagementContext.Problem)).AddEndpointFilter(new ManagementFilter());

        group.MapGet("/catalog", ReadEndpoints.Catalog)
            .Describe<IntegrationCatalogResponse>("IntegrationsCatalog", "Lists the integration types of this host, also those coming soon.");
        group.MapGet("/integrations", ReadEndpoints.ListAsync)
            .Describe<IntegrationListResponse>("IntegrationsList", "Lists integrations by ascending id.", 400);
        group.MapGet("/integrations/{id:guid}", ReadEndpoints.FindAsync)
            .Describe<IntegrationResponse>("IntegrationsFind", "Reads one integration: settings, health and counts.", 404);
        group.MapGet("/integrations/{id:guid}/diagnosis", ReadEndpoints.DiagnoseAsync)
            .Describe<IntegrationDiagnosisResponse>("IntegrationsDiagnose", "Asks the platform whether the connection works, and says what to do if not. Takes seconds.", 404)
            .WithDescription("Calls at the same time share one look, and for DiagnosisReuse (30 seconds) the same answer is given again without asking the platform: "
                + "checked_at says when it was looked at. A change of the integration, such as a connect or a pause, is looked at anew at once.");
        group.MapGet("/integrations/{id:guid}/embed", new EmbedApi(setup).FindAsync)
            .Describe<IntegrationEmbedResponse>("IntegrationsEmbed", "What a website puts into its pages to show a widget.", 404);
        group.MapPost("/integrations/{id:guid}/pause", ActionEndpoints.PauseAsync)
            .Describe<IntegrationActionResponse>("IntegrationsPause", "Stops answering; settings and connection stay.", 404, 409, 415, 502);
        group.MapPost("/integrations/{id:guid}/resume", ActionEndpoints.ResumeAsync)
            .Describe<IntegrationActionResponse>("IntegrationsResume", "Makes a paused integration live again.", 404, 409, 415, 502);
        group.MapPost("/integrations/{id:guid}/disconnect", ActionEndpoints.DisconnectAsync)
            .Describe<IntegrationActionResponse>("IntegrationsDisconnect", "Gives the account back and wipes its tokens.", 404, 409, 415, 502);
        group.MapPost("/integrations/{id:guid}/contacts/erase", data.EraseContactAsync).Accepts<IntegrationContactRequest>(Json)
            .Describe<IntegrationErasedResponse>("IntegrationsEraseContact", "Erases one contact and the content of all messages with it.", 400, 404, 413, 415);
        group.MapGet("/export", DataEndpoints.Export)
            .WithName("IntegrationsExport").WithSummary("Hands over everything stored for the client: integrations, contacts and messages. No token is in it.")
            .Produces(StatusCodes.Status200OK, contentType: Json).ProducesFailure(401);
        group.MapPost("/connect", connect.StartAsync).Accepts<IntegrationConnectRequest>(Json)
            .Describe<IntegrationConnectResponse>("IntegrationsConnectStart", "Starts connecting: where to send the browser.", 400, 404, 409, 413, 415, 502);
        group.MapPost("/connect/credentials", connect.SubmitCredentialsAsync).Accepts<IntegrationCredentialsRequest>(Json)
            .Describe<IntegrationConnectedResponse>("IntegrationsConnectCredentials", "Connects by typed credentials.", 400, 403, 404, 409, 413, 415, 422, 502);
        group.MapGet("/choices/{choice}", connect.FindChoiceAsync)
            .Describe<IntegrationChoiceResponse>("IntegrationsChoice", "Reads an open account choice of this browser.", 404);
        group.MapPost("/choices/{choice}", connect.ChooseAsync).Accepts<IntegrationAccountRequest>(Json)
            .Describe<IntegrationConnectedResponse>("IntegrationsChoose", "Connects one of the offered accounts.", 400, 403, 404, 409, 413, 415, 422, 502);
        group.MapPost("/plan", deploy.PlanAsync).Accepts<IntegrationDeployRequest>(Json)
            .Describe<IntegrationPlanResponse>("IntegrationsPlan", "Says what a deployment would do, with every error of its settings.", 400, 404, 413, 415);
        group.MapPost("/deploy", deploy.DeployAsync).Accepts<IntegrationDeployRequest>(Json)
            .Describe<IntegrationDeployResponse>("IntegrationsDeploy", "Makes a chat live on channels. Partial success is normal.", 400, 404, 409, 413, 415, 422);
        return group;
    }

    private static RouteHandlerBuilder Describe<TResponse>(this RouteHandlerBuilder endpoint, string name, string summary, params ReadOnlySpan<int> failures) =>
        endpoint.WithName(name).WithSummary(summary).Produces<TResponse>(StatusCodes.Status200OK, Json).ProducesFailure(401).ProducesFailure(failures);
}
