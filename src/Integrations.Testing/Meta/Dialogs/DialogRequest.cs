using System.Text;

namespace Integrations.Testing;

/// <summary>The dialog refuses the request itself: shown to the person, never redirected.</summary>
internal sealed class DialogException(string message) : Exception(message);

/// <summary>A checked authorization request (developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow).</summary>
internal sealed class DialogRequest
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "client_id", "redirect_uri", "state", "response_type", "scope", "config_id", "override_default_response_type", "display",
        "auth_type", "code_challenge", "code_challenge_method", "nonce",
    };

    private static readonly TimeSpan DataAccess = TimeSpan.FromDays(90);

    public required string RedirectUri { get; init; }

    public required string State { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public LoginConfiguration? Configuration { get; private init; }

    private string? Challenge { get; init; }

    public static DialogRequest Parse(MetaWorld world, IReadOnlyDictionary<string, string> query)
    {
        if (query.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw new DialogException($"Unknown parameter: {unknown}");
        if (query.GetValueOrDefault("client_id") != world.Options.AppId)
            throw new DialogException("Invalid App ID: The provided app ID does not look like a valid app ID.");
        if (query.GetValueOrDefault("redirect_uri") is not { } redirect || !RedirectRules.Allows(world, redirect))
            throw new DialogException("URL blocked: This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings.");
        if (query.GetValueOrDefault("response_type") is not (null or "code"))
            throw new DialogException("Only response_type=code is simulated.");
        if (query.GetValueOrDefault("state") is not { Length: > 0 } state)
            throw new DialogException("The parameter state is required: without it the callback cannot tell its own request from a forged one.");
        var configuration = Configure(world, query);
        return new DialogRequest
        {
            RedirectUri = redirect,
            State = state,
            Configuration = configuration,
            Scopes = configuration?.Scopes ?? Ask(query.GetValueOrDefault("scope")),
            Challenge = ChallengeOf(query),
        };
    }

    /// <summary>Where the browser goes after Cancel.</summary>
    public string Deny() => Return("error", "access_denied", "error_code", "200", "error_description", "Permissions error.", "error_reason", "user_denied");

    /// <summary>Where the browser goes after Continue. Callers hold the world's gate.</summary>
    public string Grant(MetaWorld world, SimulatedUser user, IReadOnlyCollection<string> declined, IReadOnlyCollection<string> pageIds)
    {
        if (pageIds.FirstOrDefault(id => world.FindPage(id) is not { } page || page.TasksOf(user).Count == 0) is { } foreign)
            throw new DialogException($"{user.Name} has no role on the Page {foreign}.");
        if (Configuration is not null && declined.Count > 0)
            return Deny();
        user.Grant.Apply(Scopes.Except(declined).Append("public_profile"), declined.Where(scope => scope != "public_profile"), pageIds);
        user.Grant.DataAccessExpiresAt = world.Now + DataAccess;
        return Return("code", world.Codes.Issue(user, RedirectUri, Challenge, Configuration?.SystemUserToken == true));
    }

    private static LoginConfiguration? Configure(MetaWorld world, IReadOnlyDictionary<string, string> query)
    {
        if (query.GetValueOrDefault("config_id") is not { } id)
            return null;
        if (query.ContainsKey("scope"))
            throw new DialogException("config_id replaces scope: send one of them.");
        if (query.GetValueOrDefault("override_default_response_type") != "true")
            throw new DialogException("config_id needs override_default_response_type=true to answer a code.");
        return world.Options.LoginConfigurations.FirstOrDefault(found => found.Id == id) ?? throw new DialogException("Unknown config_id.");
    }

    private static string[] Ask(string? scope)
    {
        var asked = (scope ?? "public_profile").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return asked.FirstOrDefault(name => !MetaScopes.Known.Contains(name)) is { } invalid
            ? throw new DialogException($"Invalid Scopes: {invalid}. This message is only shown to developers.")
            : asked;
    }

    private static string? ChallengeOf(IReadOnlyDictionary<string, string> query)
    {
        var (challenge, method) = (query.GetValueOrDefault("code_challenge"), query.GetValueOrDefault("code_challenge_method"));
        if (challenge is null && method is null)
            return null;
        return method == "S256" && challenge is { Length: 43 }
            ? challenge
            : throw new DialogException("code_challenge must be 43 base64url characters with code_challenge_method=S256.");
    }

    // The dialog appends the fragment #_=_, which a server never sees.
    private string Return(params ReadOnlySpan<string> pairs)
    {
        var url = new StringBuilder(RedirectUri).Append(RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        for (var i = 0; i < pairs.Length; i += 2)
            url.Append(pairs[i]).Append('=').Append(Uri.EscapeDataString(pairs[i + 1])).Append('&');
        return url.Append("state=").Append(Uri.EscapeDataString(State)).Append("#_=_").ToString();
    }
}
