using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>
/// Tells the endpoints who is asking. The default reads the claims named in <see cref="IntegrationsEndpointOptions"/>; a host with
/// other rules registers its own with <c>AddUserAccessor</c>. Called once for each request; must be thread-safe if registered as a singleton.
/// </summary>
public interface IIntegrationUserAccessor
{
    /// <summary>The person behind this request. Null if nobody is signed in or the person belongs to no client: the answer is then 401.</summary>
    Task<IntegrationUser?> FindUserAsync(HttpContext context, CancellationToken ct = default);
}
