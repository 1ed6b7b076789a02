using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary>A checked authorization request (developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow).</summary>
internal sealed class DialogRequest
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "client_id", "redirect_uri", "state", "response_type", "scope", "config_id", "override_default_response_type", "display",
        "auth_type", "code_challenge", "code_challenge_method", "nonce",
    ], StringComparer.Ordinal);

    private static readonly TimeSpan DataAccess = TimeSpan.FromDays(90);

    private readonly DialogQuery _query;
    private readonly LoginConfiguration? _configuration;
    private readonly string? _challenge;

    private DialogRequest(MetaWorld world, DialogQuery query)
    {
        if (query["response_type"] is not (null or "code"))
            throw new DialogException("Only response_type=code is simulated.");
        query.OneOf("display", "page", "popup", "touch");
        query.OneOf("auth_type", "rerequest", "reauthenticate");
        _query = query;
        _configuration = Configure(world, query);
        _challenge = ChallengeOf(query);
        Scopes = _configuration?.Scopes ?? Ask(query["scope"]);
    }

    public IReadOnlyList<string> Scopes { get; }

    public static DialogRequest Parse(MetaWorld world, IEnumerable<KeyValuePair<string, StringValues>> query) => new(world, new DialogQuery(world, query, new DialogRules(
        world.Options.AppId, Known,
        "Invalid App ID: The provided app ID does not look like a valid app ID.",
        "URL blocked: This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings.")));

    /// <summary>Where the browser goes after Cancel.</summary>
    public string Deny() => Return("error=access_denied&error_code=200&error_description=Permissions%20error.&error_reason=user_denied");

    /// <summary>Where the browser goes after Continue. Callers hold the world's gate.</summary>
    public string Grant(MetaWorld world, SimulatedUser user, IReadOnlyCollection<string> declined, IReadOnlyCollection<string> pageIds)
    {
        if (pageIds.FirstOrDefault(id => world.FindPage(id) is not { } page || page.TasksOf(user).Count == 0) is { } foreign)
            throw new DialogException($"{user.Name} has no role on the Page {foreign}.");
        if (_configuration is not null && declined.Count > 0)
            return Deny();
        user.Grant.Apply(Scopes.Except(declined).Append("public_profile"), declined.Where(scope => scope != "public_profile"), pageIds);
        user.Grant.DataAccessExpiresAt = world.Now + DataAccess;
        return Return("code=" + world.Codes.Issue(user, _query.RedirectUri, _challenge, _configuration?.SystemUserToken == true));
    }

    private static LoginConfiguration? Configure(MetaWorld world, DialogQuery query)
    {
        var answersCode = query.OneOf("override_default_response_type", "true") is not null;
        if (query["config_id"] is not { } id)
            return answersCode ? throw new DialogException("override_default_response_type belongs to config_id.") : null;
        if (query["scope"] is not null)
            throw new DialogException("config_id replaces scope: send one of them.");
        if (!answersCode)
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

    private static string? ChallengeOf(DialogQuery query)
    {
        var (challenge, method) = (query["code_challenge"], query["code_challenge_method"]);
        if (challenge is null && method is null)
            return null;
        return method == "S256" && challenge is { Length: 43 } && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? challenge
            : throw new DialogException("code_challenge must be 43 base64url characters with code_challenge_method=S256.");
    }

    // The dialog appends the fragment #_=_, which a server never sees.
    private string Return(string result) => _query.Return($"{result}&{_query.StatePair}#_=_");
}
