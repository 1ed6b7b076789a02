namespace Integrations.AspNetCore;

/// <summary>What browsers see of this host: made from the settings, never from a request's headers.</summary>
internal sealed class PublicSite
{
    public PublicSite(IntegrationsOptions options)
    {
        var origin = options.PublicBaseUri ?? throw new IntegrationException(IntegrationErrorKind.Configuration,
            "Integrations:PublicBaseUri is not set. Set it to the https address browsers and platforms reach this host at, " +
            "for example services.AddIntegrations(o => o.PublicBaseUri = new Uri(\"https://chat.example.com\")).");
        RoutePrefix = "/" + options.PathPrefix.Trim('/');
        IsSecure = origin.Scheme == Uri.UriSchemeHttps;
        Origin = origin.HostNameType == UriHostNameType.Dns
            ? $"{origin.Scheme}://{origin.IdnHost}{(origin.IsDefaultPort ? "" : $":{origin.Port}")}"
            : origin.GetLeftPart(UriPartial.Authority);
        PathPrefix = (origin.AbsolutePath.TrimEnd('/') + RoutePrefix).TrimEnd('/');
    }

    /// <summary>What routes start with.</summary>
    public string RoutePrefix { get; }

    /// <summary>What public paths start with: the same, behind the base path a proxy may add.</summary>
    public string PathPrefix { get; }

    /// <summary>As browsers send it in <c>Origin</c>.</summary>
    public string Origin { get; }

    public bool IsSecure { get; }

    /// <summary>The path cookies are limited to.</summary>
    public string CookiePath => PathPrefix.Length == 0 ? "/" : PathPrefix;
}
