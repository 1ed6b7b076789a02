using Integrations.Providers.Meta;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Facebook;

/// <summary>Stops a host with wrong settings when it starts.</summary>
internal sealed class FacebookOptionsValidator : IValidateOptions<FacebookOptions>
{
    public ValidateOptionsResult Validate(string? name, FacebookOptions options)
    {
        List<string> failures = [.. MetaOptionsRules.Check(options, FacebookDefaults.SettingsSection)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
