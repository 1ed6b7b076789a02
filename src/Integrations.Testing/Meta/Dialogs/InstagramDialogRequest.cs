using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace Integrations.Testing;

/// <summary>
/// A checked authorization request of the Instagram login
/// (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login).
/// </summary>
internal sealed class InstagramDialogRequest
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        ["client_id", "redirect_uri", "response_type", "scope", "state", "enable_fb_login", "force_reauth"], StringComparer.Ordinal);

    private readonly DialogQuery _query;

    private InstagramDialogRequest(DialogQuery query)
    {
        if (query["response_type"] != "code")
            throw new DialogException("response_type must be code.");
        query.OneOf("enable_fb_login", "true", "false", "1", "0");
        query.OneOf("force_reauth", "true", "false", "1", "0");
        _query = query;
        Scopes = Ask(query["scope"]);
    }

    public IReadOnlyList<string> Scopes { get; }

    public static InstagramDialogRequest Parse(MetaWorld world, IEnumerable<KeyValuePair<string, StringValues>> query) => new(new DialogQuery(world, query, new DialogRules(
        world.Options.InstagramAppId, Known, "Invalid platform app: the Instagram login has an app id of its own.", "Invalid redirect_uri.")));

    /// <summary>Where the browser goes after Cancel.</summary>
    public string Deny() => Return("error=access_denied&error_reason=user_denied&error_description=The+user+denied+your+request", "");

    /// <summary>Where the browser goes after Allow. Callers hold the world's gate.</summary>
    public string Grant(MetaWorld world, SimulatedInstagramAccount account, IReadOnlyCollection<string> declined)
    {
        if (declined.Contains(InstagramScopes.Basic))
            return Deny();
        account.Grant.Apply(Scopes.Except(declined), declined, []);
        // "#_ … is not part of the code itself, so strip it out".
        return Return("code=" + world.InstagramCodes.Issue(account, _query.RedirectUri), world.Options.InstagramCodeSuffixInQuery ? "%23_" : "#_");
    }

    private string Return(string result, string suffix) => _query.Return($"{_query.StatePair}&{result}{suffix}");

    // Separated by commas or spaces.
    private static string[] Ask(string? scope)
    {
        var asked = (scope ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(name => !InstagramScopes.Known.Contains(name)) is { } invalid)
            throw new DialogException($"Invalid scope: {invalid}.");
        return asked.Contains(InstagramScopes.Basic) ? asked : throw new DialogException($"scope must contain {InstagramScopes.Basic}.");
    }
}
