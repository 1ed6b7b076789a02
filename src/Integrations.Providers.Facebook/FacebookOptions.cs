using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>Settings of the Facebook provider; a configuration section such as <c>Integrations:Facebook</c> binds to it.</summary>
public sealed class FacebookOptions : MetaOptions
{
    /// <summary>
    /// Whether a proof key is sent along. Default false: Meta documents it for its OIDC flow only, as still in testing.
    /// The state, bound to the browser, protects the flow either way.
    /// </summary>
    public bool UsePkce { get; set; }
}
