using Integrations.Providers.Meta;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Instagram;

/// <summary>Stops a host with wrong settings when it starts.</summary>
internal sealed class InstagramOptionsValidator : IValidateOptions<InstagramOptions>
{
    private const string Section = InstagramDefaults.SettingsSection;

    public ValidateOptionsResult Validate(string? name, InstagramOptions options)
    {
        List<string> failures = [.. MetaOptionsRules.CheckShared(options, Section)];
        failures.AddRange(options.LoginRoute switch
        {
            InstagramLoginRoute.FacebookLogin => MetaOptionsRules.CheckApp(options, Section),
            InstagramLoginRoute.InstagramLogin => CheckInstagramApp(options),
            _ => [$"{Section}:LoginRoute must be FacebookLogin or InstagramLogin."],
        });
        failures.AddRange(CheckHosts(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> CheckInstagramApp(InstagramOptions options)
    {
        if (options.InstagramAppId.Length == 0 || !options.InstagramAppId.All(char.IsAsciiDigit))
            yield return $"{Section}:InstagramAppId must be the Instagram app ID of the dashboard's Instagram page: digits only. It is not the Meta app's id.";
        if (string.IsNullOrWhiteSpace(options.InstagramAppSecret))
            yield return $"{Section}:InstagramAppSecret is not set. Copy it from the Instagram page of the Meta app dashboard.";
    }

    private static IEnumerable<string> CheckHosts(InstagramOptions options) =>
        new (string Name, Uri Uri)[]
        {
            (nameof(options.InstagramDialogBaseUri), options.InstagramDialogBaseUri),
            (nameof(options.InstagramApiBaseUri), options.InstagramApiBaseUri),
            (nameof(options.InstagramGraphBaseUri), options.InstagramGraphBaseUri),
        }
        .Where(host => !MetaOptionsRules.IsBase(host.Uri))
        .Select(host => $"{Section}:{host.Name} must be an absolute https address without query (http on a loopback address only).");
}
