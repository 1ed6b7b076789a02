namespace Integrations.Testing;

/// <summary>Codes of the Instagram login: one hour, single use, bound to the redirect URI. Callers hold the world's gate.</summary>
internal sealed class InstagramCodeBook(MetaWorld world)
{
    private readonly Dictionary<string, InstagramCode> _codes = new(StringComparer.Ordinal);

    public IEnumerable<string> All => _codes.Keys;

    public string Issue(SimulatedInstagramAccount account, string redirectUri)
    {
        var code = world.Ids.Code();
        _codes.Add(code, new InstagramCode(account, redirectUri, world.Now + world.Options.InstagramCodeLifetime));
        return code;
    }

    /// <summary>Unknown, used and expired look the same from outside.</summary>
    public SimulatedInstagramAccount Redeem(string value, string redirectUri)
    {
        if (!_codes.TryGetValue(value, out var code) || code.Used || world.Now >= code.ExpiresAt)
            throw InstagramErrors.CodeGone.AsException();
        if (code.RedirectUri != redirectUri)
            throw InstagramErrors.RedirectMismatch.AsException();
        code.Used = true;
        return code.Account;
    }

    private sealed record InstagramCode(SimulatedInstagramAccount Account, string RedirectUri, DateTimeOffset ExpiresAt)
    {
        public bool Used { get; set; }
    }
}
