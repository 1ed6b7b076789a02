using System.Text;

namespace Integrations.Testing;

/// <summary>A checked authorization request of the Instagram login.</summary>
internal sealed class InstagramDialogRequest
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "client_id", "redirect_uri", "response_type", "scope", "state", "enable_fb_login", "force_reauth",
    };

    public required string RedirectUri { get; init; }

    public required string State { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public static InstagramDialogRequest Parse(MetaWorld world, IReadOnlyDictionary<string, string> query)
    {
        if (query.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw new DialogException($"Unknown parameter: {unknown}");
        if (query.GetValueOrDefault("client_id") != world.Options.InstagramAppId)
            throw new DialogException("Invalid platform app: the Instagram login has an app id of its own.");
        if (query.GetValueOrDefault("redirect_uri") is not { } redirect || !RedirectRules.Allows(world, redirect))
            throw new DialogException("Invalid redirect_uri.");
        if (query.GetValueOrDefault("response_type") != "code")
            throw new DialogException("response_type must be code.");
        if (query.GetValueOrDefault("state") is not { Length: > 0 } state)
            throw new DialogException("The parameter state is required: without it the callback cannot tell its own request from a forged one.");
        foreach (var name in (string[])["enable_fb_login", "force_reauth"])
        {
            if (query.GetValueOrDefault(name) is not (null or "true" or "false" or "1" or "0"))
                throw new DialogException($"{name} must be true or false.");
        }

        return new InstagramDialogRequest { RedirectUri = redirect, State = state, Scopes = Ask(query.GetValueOrDefault("scope")) };
    }

    /// <summary>Where the browser goes after Cancel.</summary>
    public string Deny() => Return("error=access_denied&error_reason=user_denied&error_description=The+user+denied+your+request", "");

    /// <summary>Where the browser goes after Allow. Callers hold the world's gate.</summary>
    public string Grant(MetaWorld world, SimulatedInstagramAccount account, IReadOnlyCollection<string> declined)
    {
        if (declined.Contains(InstagramScopes.Basic))
            return Deny();
        account.Grant.Apply(Scopes.Except(declined), declined, []);
        // "#_ … is not part of the code itself, so strip it out".
        return Return("code=" + world.InstagramCodes.Issue(account, RedirectUri), world.Options.InstagramCodeSuffixInQuery ? "%23_" : "#_");
    }

    // Separated by commas or spaces.
    private static string[] Ask(string? scope)
    {
        var asked = (scope ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(name => !InstagramScopes.Known.Contains(name)) is { } invalid)
            throw new DialogException($"Invalid scope: {invalid}.");
        return asked.Contains(InstagramScopes.Basic) ? asked : throw new DialogException($"scope must contain {InstagramScopes.Basic}.");
    }

    private string Return(string result, string suffix) => new StringBuilder(RedirectUri)
        .Append(RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')
        .Append("state=").Append(Uri.EscapeDataString(State)).Append('&').Append(result).Append(suffix).ToString();
}
