namespace Integrations.Testing;

/// <summary>What one person has granted to the app.</summary>
internal sealed class Grant
{
    public HashSet<string> Scopes { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Declined { get; } = new(StringComparer.Ordinal);

    public HashSet<string> PageIds { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset DataAccessExpiresAt { get; set; }

    /// <summary>Whether a permission is granted for one Page.</summary>
    public bool Allows(SimulatedPage page, string scope) => PageIds.Contains(page.Id) && Scopes.Contains(scope);

    /// <summary>Takes everything back.</summary>
    public void Clear()
    {
        Scopes.Clear();
        Declined.Clear();
        PageIds.Clear();
    }

    /// <summary>Takes one permission back.</summary>
    public void Withdraw(string scope)
    {
        if (Scopes.Remove(scope))
            Declined.Add(scope);
    }

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
