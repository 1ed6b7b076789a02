using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations.AspNetCore;

/// <summary>Reads who is asking from the claims of the signed-in person.</summary>
internal sealed class ClaimsUserAccessor(IOptions<IntegrationsEndpointOptions> options, ILogger<ClaimsUserAccessor> logger) : IIntegrationUserAccessor
{
    public Task<IntegrationUser?> FindUserAsync(HttpContext context, CancellationToken ct = default) => Task.FromResult(Find(context.User));

    private IntegrationUser? Find(ClaimsPrincipal person)
    {
        if (person.Identity?.IsAuthenticated != true)
            return null;
        var settings = options.Value;
        // Handlers that keep the token's own claim names (MapInboundClaims = false) say "sub".
        var user = person.FindFirstValue(settings.UserIdClaim)
            ?? (settings.UserIdClaim == ClaimTypes.NameIdentifier ? person.FindFirstValue("sub") : null);
        if (!string.IsNullOrEmpty(user) && Guid.TryParse(person.FindFirstValue(settings.ClientIdClaim), out var client))
            return new IntegrationUser { ClientId = client, UserBinding = user };
        Log.ClaimsMissing(logger, settings.ClientIdClaim, settings.UserIdClaim);
        return null;
    }
}
