using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing;

/// <summary>Issues, finds and revokes tokens. Callers hold the world's gate.</summary>
internal sealed class TokenVault(MetaWorld world)
{
    private readonly Dictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);

    public IEnumerable<AccessToken> All => _tokens.Values;

    private string AppToken => $"{world.Options.AppId}|{world.Options.AppSecret}";

    public AccessToken? Find(string value) => value == AppToken
        ? new AccessToken { Value = value, Kind = SimulatedTokenKind.App }
        : _tokens.GetValueOrDefault(value);

    /// <summary>A token as one host knows it: one of the other platform is no token there.</summary>
    public AccessToken? FindOn(MetaHost host, string value) =>
        Find(value) is { } token && (token.Kind == SimulatedTokenKind.Instagram) == (host == MetaHost.InstagramGraph) ? token : null;

    public AccessToken IssueUser(SimulatedUser user, TimeSpan? lifetime, bool longLived, bool systemUser = false) => Add(new AccessToken
    {
        Value = world.Ids.Token(),
        Kind = SimulatedTokenKind.User,
        User = user,
        LongLived = longLived,
        SystemUser = systemUser,
        IssuedAt = world.Now,
        ExpiresAt = world.Now + lifetime,
    });

    public AccessToken IssueInstagram(SimulatedInstagramAccount account, TimeSpan lifetime, bool longLived) => Add(new AccessToken
    {
        Value = world.Ids.InstagramToken(),
        Kind = SimulatedTokenKind.Instagram,
        Account = account,
        LongLived = longLived,
        IssuedAt = world.Now,
        ExpiresAt = world.Now + lifetime,
    });

    /// <summary>
    /// One Page token per user token and Page. It has no expiry when the user token is long-lived, otherwise it dies with it
    /// (developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
    /// </summary>
    public AccessToken PageToken(AccessToken parent, SimulatedPage page) =>
        _tokens.Values.FirstOrDefault(token => token.Parent == parent && token.Page == page && token.ProblemAt(world.Now) is null)
        ?? Add(new AccessToken
        {
            Value = world.Ids.Token(),
            Kind = SimulatedTokenKind.Page,
            User = parent.User,
            Page = page,
            Parent = parent,
            LongLived = parent.LongLived,
            IssuedAt = world.Now,
            ExpiresAt = parent.LongLived ? null : parent.ExpiresAt,
        });

    public void Revoke(Func<AccessToken, bool> which, GraphError reason)
    {
        foreach (var token in _tokens.Values.Where(which))
            token.Revoke(reason);
    }

    public void Expire(Func<AccessToken, bool> which)
    {
        foreach (var token in _tokens.Values.Where(which))
            token.ExpiresAt = world.Now;
    }

    public string Proof(string token) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(world.Options.AppSecret), Encoding.UTF8.GetBytes(token)));

    private AccessToken Add(AccessToken token)
    {
        _tokens.Add(token.Value, token);
        return token;
    }
}
