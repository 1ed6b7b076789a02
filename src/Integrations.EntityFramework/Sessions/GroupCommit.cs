namespace Integrations.EntityFramework.Sessions;

/// <summary>
/// One transaction for all callers that wait meanwhile: what many of them write to one hot row becomes one write. If a group
/// fails, each of its members is tried alone, so that what the database refuses fails its own caller only. Thread-safe.
/// </summary>
internal sealed class GroupCommit<TEntry>
    where TEntry : BatchEntry
{
    /// <summary>After so many failures in a row the database is taken to be down, and the rest is not tried.</summary>
    private const int MaxFailuresInARow = 3;

    private readonly Func<IReadOnlyList<TEntry>, Task> _commit;
    private readonly Batcher<TEntry> _batcher;

    /// <param name="maxWeight">The most weight in one transaction.</param>
    /// <param name="commit">Writes a group in one transaction and sets the result of each entry.</param>
    public GroupCommit(int maxWeight, Func<IReadOnlyList<TEntry>, Task> commit)
    {
        _commit = commit;
        _batcher = new Batcher<TEntry>(maxWeight, RunAsync);
    }

    /// <summary>Not cancellable: once it has begun, others wait with it.</summary>
    public Task AddAsync(TEntry entry) => _batcher.AddAsync(entry);

    private async Task RunAsync(List<TEntry> group)
    {
        try
        {
            await _commit(group);
        }
#pragma warning disable CA1031 // Not swallowed: each is tried again alone, and its caller gets what that throws.
        catch (Exception) when (group.Count > 1)
#pragma warning restore CA1031
        {
            await RunSinglyAsync(group);
        }
    }

    private async Task RunSinglyAsync(List<TEntry> group)
    {
        var failuresInARow = 0;
        foreach (var entry in group)
        {
            try
            {
                await _commit([entry]);
                entry.Complete();
                failuresInARow = 0;
            }
#pragma warning disable CA1031 // Not swallowed: the caller of this entry gets it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                entry.Fail(e);
                if (++failuresInARow >= MaxFailuresInARow)
                    throw; // all that are left get it
            }
        }
    }
}
