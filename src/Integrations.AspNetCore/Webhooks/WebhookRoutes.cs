using System.Collections.Concurrent;

namespace Integrations.AspNetCore;

/// <summary>The types of the catalog by the text in the path, with their public addresses, so that a request makes neither.</summary>
internal sealed class WebhookRoutes(IntegrationAddresses addresses)
{
    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);

    /// <summary>Null if the catalog has no such type. Only known types are kept: the path is anybody's to write.</summary>
    public Route? Find(string type, IIntegrationCatalog catalog)
    {
        if (_routes.TryGetValue(type, out var route))
            return route;
        if (!IntegrationType.TryParse(type, out var platform) || catalog.Find(platform) is not { Availability: IntegrationAvailability.Available })
            return null;
        return _routes.GetOrAdd(type, new Route(platform, addresses.Webhook(platform)));
    }

    internal sealed record Route(IntegrationType Type, Uri PublicUri);
}
