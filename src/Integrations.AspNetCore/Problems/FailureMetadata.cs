using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Tells the OpenAPI document which refusals an endpoint may answer.</summary>
internal static class FailureMetadata
{
    public static RouteHandlerBuilder ProducesFailure(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<IntegrationProblem>(status, IntegrationProblem.ContentType);
        return endpoint;
    }
}
