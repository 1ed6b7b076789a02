namespace Integrations;

/// <summary>
/// Finds who owns accounts. Concurrent requests share one read, and nothing is remembered: an account that changed hands must not
/// deliver to its former owner. Thread-safe.
/// </summary>
internal sealed class OwnerDirectory
{
    private const int MaxAccounts = 200;

    private readonly IIntegrationStore _store;
    private readonly Batcher<Entry> _batcher;

    public OwnerDirectory(IIntegrationStore store)
    {
        _store = store;
        _batcher = new Batcher<Entry>(MaxAccounts, FindGroupAsync);
    }

    /// <summary>The owners of the accounts these events happened to, perhaps with others. Accounts nobody owns are left out.</summary>
    public async Task<IReadOnlyDictionary<string, IntegrationKey>> FindAsync(IntegrationType type, IReadOnlyList<InboundEvent> events)
    {
        if (_store is InMemoryIntegrationStore)
            return await FindAsync(type, AccountsOf(events)); // no round trip to share
        var entry = new Entry(type, AccountsOf(events));
        await _batcher.AddAsync(entry);
        return entry.Owners;
    }

    private static string[] AccountsOf(IReadOnlyList<InboundEvent> events)
    {
        var first = events[0].AccountId;
        HashSet<string>? several = null; // rare: platforms batch by account
        for (var i = 1; i < events.Count; i++)
            if (several is not null || events[i].AccountId != first)
                (several ??= new(StringComparer.Ordinal) { first }).Add(events[i].AccountId);
        return several is null ? [first] : [.. several];
    }

    private async Task FindGroupAsync(List<Entry> group)
    {
        var first = group[0];
        if (group.Count == 1)
        {
            first.Owners = await FindAsync(first.Type, first.Accounts);
            return;
        }

        foreach (var sameType in group.GroupBy(e => e.Type))
        {
            var owners = await FindAsync(sameType.Key, [.. sameType.SelectMany(e => e.Accounts).Distinct(StringComparer.Ordinal)]);
            foreach (var entry in sameType)
                entry.Owners = owners;
        }
    }

    private async Task<Dictionary<string, IntegrationKey>> FindAsync(IntegrationType type, string[] accounts)
    {
        var found = await _store.FindOwnersAsync(type, accounts, CancellationToken.None);
        var owners = new Dictionary<string, IntegrationKey>(found.Count, StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
            owners[found[i].AccountId] = found[i].Key;
        return owners;
    }

    private sealed class Entry(IntegrationType type, string[] accounts) : BatchEntry(accounts.Length)
    {
        public IntegrationType Type { get; } = type;

        public string[] Accounts { get; } = accounts;

        public IReadOnlyDictionary<string, IntegrationKey> Owners { get; set; } = Empty;

        private static readonly Dictionary<string, IntegrationKey> Empty = [];
    }
}
