namespace Integrations;

/// <summary>One lane of the in-memory inbox. Guarded by the inbox's lock.</summary>
internal sealed class InMemoryLane(string name)
{
    public string Name { get; } = name;

    /// <summary>Pending messages by order of arrival.</summary>
    public SortedDictionary<long, InMemoryMessage> Pending { get; } = [];

    /// <summary>The token of the latest lease. 0 before the first.</summary>
    public long Token { get; set; }

    /// <summary>Until when it is leased. Null if it is not.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>Not leased again before this time.</summary>
    public DateTime NotBefore { get; set; }

    public bool IsFree(DateTime now) => NotBefore <= now && (LeasedUntil is null || LeasedUntil <= now);
}
