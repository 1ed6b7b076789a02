namespace Integrations.Testing;

/// <summary>What one person has granted to the app.</summary>
internal sealed class Grant
{
    public HashSet<string> Scopes { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Declined { get; } = new(StringComparer.Ordinal);

    public HashSet<string> PageIds { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset DataAccessExpiresAt { get; set; }

    /// <summary>A second consent adds permissions but replaces the ticked Pages, as the real dialog does.</summary>
    public void Apply(IEnumerable<string> granted, IEnumerable<string> declined, IEnumerable<string> pageIds)
    {
        Scopes.UnionWith(granted);
        Declined.ExceptWith(Scopes);
        Declined.UnionWith(declined);
        Scopes.ExceptWith(Declined);
        PageIds.Clear();
        PageIds.UnionWith(pageIds);
    }
}
