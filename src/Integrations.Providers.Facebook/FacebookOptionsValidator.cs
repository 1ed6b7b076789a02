using Integrations.Providers.Meta;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Facebook;

/// <summary>Stops a host with wrong settings when it starts.</summary>
internal sealed class FacebookOptionsValidator : IValidateOptions<FacebookOptions>
{
    public ValidateOptionsResult Validate(string? name, FacebookOptions options)
    {
        const string section = FacebookDefaults.SettingsSection;
        List<string> failures = [.. MetaOptionsRules.Check(options, section)];
        if (options.LoginConfigurationId is { Length: > 0 } id && !id.All(char.IsAsciiDigit))
            failures.Add($"{section}:LoginConfigurationId must be the id of a Facebook Login for Business configuration: digits only. Leave it empty for classic Facebook Login.");
        if (!options.OptionalScopes.All(IsWord))
            failures.Add($"{section}:OptionalScopes must hold names such as 'pages_read_engagement'.");
        if (!options.SubscribedFields.All(IsWord))
            failures.Add($"{section}:SubscribedFields must hold names such as 'messages'.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWord(string? text) => text is { Length: > 0 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
