using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Checks that the registered providers fit each other and the settings.</summary>
internal sealed class ProviderSetupValidator(ProviderRegistry providers, IOptions<IntegrationsOptions> options) : IValidateOptions<ProviderSetup>
{
    public ValidateOptionsResult Validate(string? name, ProviderSetup setup)
    {
        var settings = options.Value;
        var failures = new List<string>();
        foreach (var descriptor in providers.Installed.Select(p => p.Descriptor))
        {
            if (descriptor.Refresh.RequestTimeout >= settings.RefreshLease)
                failures.Add($"Integrations:RefreshLease is {settings.RefreshLease}. It must be longer than the request timeout of '{descriptor.Type}', {descriptor.Refresh.RequestTimeout}.");
            if (descriptor.Authorization == AuthorizationKind.OAuth2 && settings.PublicBaseUri is null)
                failures.Add($"Integrations:PublicBaseUri is not set, and '{descriptor.Type}' sends browsers back to it. Set it to the https address browsers reach this host at.");
            if (descriptor.Authorization == AuthorizationKind.OAuth2 && descriptor.AuthorizationHosts.Count == 0)
                failures.Add($"The provider of '{descriptor.Type}' names no authorization host. Its descriptor must list the hosts of its consent dialog.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
