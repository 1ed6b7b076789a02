namespace Integrations.Benchmarks.Scale;

/// <summary>One thing a store does, by hand and through the SDK.</summary>
/// <param name="Name">What.</param>
/// <param name="MaxRatio">The bar: the store's time over the time by hand.</param>
/// <param name="Block">So many in a row are timed together.</param>
/// <param name="ByHand">By hand; the number picks what it is done with.</param>
/// <param name="Through">Through a store.</param>
/// <param name="Prepare">Before each block, not timed.</param>
internal sealed record ScaleOperation(
    string Name, double MaxRatio, int Block, Func<ScaleDatabase, RawStore, int, Task<bool>> ByHand,
    Func<ScaleDatabase, IIntegrationStore, IMessageInbox, int, Task<bool>> Through, Func<ScaleDatabase, Task>? Prepare = null)
{
    /// <summary>The bar: time at all rows over time at few rows. Null for a number that is told without one.</summary>
    public double? MaxGrowth { get; init; } = 1.2;

    private const string Owner = "sweep";
    private const int DueAtOnce = 100;

    public static IReadOnlyList<ScaleOperation> All { get; } =
    [
        new("find by key", 1.6, 100,
            async (d, raw, n) => await raw.FindAsync(d.Rows.Key(n)) is not null,
            async (d, store, _, n) => await store.FindAsync(d.Rows.Key(n)) is not null),
        new("find by (client, chat, type)", 1.6, 100,
            async (d, raw, n) => await raw.FindAsync(d.Rows.Key(n).ClientId, ScaleRows.Chat(n)) is not null,
            async (d, store, _, n) => await store.FindAsync(d.Rows.Key(n).ClientId, ScaleRows.Chat(n), IntegrationType.Facebook) is not null),
        new("route by account id", 1.6, 100,
            async (_, raw, n) => await raw.OwnerAsync(ScaleRows.Account(n)) is not null,
            async (_, store, _, n) => (await store.FindOwnersAsync(IntegrationType.Facebook, [ScaleRows.Account(n)])).Count == 1),
        new("list one client's page (20 rows)", 1.3, 30,
            async (d, raw, n) => (await raw.ListAsync(d.Rows.Key(n).ClientId)).Count == ScaleRows.PerClient,
            async (d, store, _, n) => (await store.ListAsync(new IntegrationQuery { ClientId = d.Rows.Key(n).ClientId })).Count == ScaleRows.PerClient),
        new("claim 100 due refreshes", 1.3, 4,
            async (d, raw, _) => await raw.LeaseDueAsync(Owner, d.Rows.DueBefore, DueAtOnce) == DueAtOnce,
            async (d, store, _, _) => (await store.ClaimDueRefreshesAsync(new RefreshClaim
            {
                Owner = Owner, Type = IntegrationType.Facebook, DueBefore = d.Rows.DueBefore, Max = DueAtOnce, Lease = TimeSpan.FromMinutes(5),
            })).Count == DueAtOnce),
        new("flush 1,000 counter increments", 1.3, 1,
            (d, _, _) => Flush.ByHandAsync(d),
            (d, _, inbox, _) => Flush.ThroughInboxAsync(d.Rows, inbox),
            Flush.PrepareAsync),
    ];

    /// <summary>The flush once more, in a database that holds a hundred times more conversations as well.</summary>
    public static ScaleOperation FlushAmongMoreConversations { get; } =
        All[^1] with { Name = "the same, a conversation for each integration", MaxGrowth = null };
}
