namespace Integrations.Testing;

/// <summary>What a person ticks on the consent page. Without calls: every asked permission and every Page the person has a role on.</summary>
public sealed class ConsentChoice
{
    internal List<SimulatedPage>? Pages { get; private set; }

    internal HashSet<string> Declined { get; } = new(StringComparer.Ordinal);

    /// <summary>Ticks only these Pages. None at all is possible too.</summary>
    public ConsentChoice OnlyPages(params SimulatedPage[] pages)
    {
        Pages = [.. pages];
        return this;
    }

    /// <summary>Unticks permissions (classic login only; in Login for Business this grants nothing).</summary>
    public ConsentChoice Decline(params string[] scopes)
    {
        Declined.UnionWith(scopes);
        return this;
    }
}
