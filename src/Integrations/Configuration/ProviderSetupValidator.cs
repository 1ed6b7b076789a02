using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Checks that the registered providers fit each other and the settings.</summary>
internal sealed class ProviderSetupValidator(ProviderRegistry providers, IOptions<IntegrationsOptions> options) : IValidateOptions<ProviderSetup>
{
    public ValidateOptionsResult Validate(string? name, ProviderSetup setup)
    {
        var settings = options.Value;
        var failures = new List<string>();
        foreach (var provider in providers.Installed)
        {
            var descriptor = provider.Descriptor;
            failures.AddRange(Capabilities(provider, descriptor));
            if (descriptor.Refresh.RequestTimeout >= settings.RefreshLease)
                failures.Add($"Integrations:RefreshLease is {settings.RefreshLease}. It must be longer than the request timeout of '{descriptor.Type}', {descriptor.Refresh.RequestTimeout}.");
            if (descriptor.Authorization == AuthorizationKind.OAuth2 && settings.PublicBaseUri is null)
                failures.Add($"Integrations:PublicBaseUri is not set, and '{descriptor.Type}' sends browsers back to it. Set it to the https address browsers reach this host at.");
            if (descriptor.Authorization == AuthorizationKind.OAuth2 && descriptor.AuthorizationHosts.Count == 0)
                failures.Add($"The provider of '{descriptor.Type}' names no authorization host. Its descriptor must list the hosts of its consent dialog.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What the descriptor promises and no interface keeps, or the other way round: it would be found out by a client.</summary>
    private static IEnumerable<string> Capabilities(IIntegrationProvider provider, IntegrationDescriptor descriptor)
    {
        var name = provider.GetType().Name;
        if (descriptor.Authorization == AuthorizationKind.Credentials && provider is not ICredentialForm { Fields.Count: > 0 })
            yield return $"The provider of '{descriptor.Type}' says that accounts are connected by credentials, and has no form for them. Implement ICredentialForm with at least one field on {name}.";
        if (provider is IActivationProbe and not IChannelActivator)
            yield return $"The provider of '{descriptor.Type}' can ask whether the platform delivers, and cannot make it. Implement IChannelActivator on {name} beside IActivationProbe.";
        if (provider is IWebhookAccountReader and not IWebhookReceiver)
            yield return $"The provider of '{descriptor.Type}' finds the account of a webhook call, and cannot receive it. Implement IWebhookReceiver on {name} beside IWebhookAccountReader.";
    }
}
