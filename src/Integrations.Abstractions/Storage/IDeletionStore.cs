namespace Integrations;

/// <summary>
/// Keeps requests for the deletion of data until they are carried out, and what was done as an audit line after that. Belongs to no
/// client: a person's grants may reach over several. Thread-safe.
/// </summary>
public interface IDeletionStore
{
    /// <summary>
    /// Keeps a request durably, unless one with the same <see cref="DataDeletion.RequestHash"/> is kept: of two simultaneous calls
    /// one wins.
    /// </summary>
    /// <returns>The one that is kept: the given one, or the earlier.</returns>
    Task<DataDeletion> AcceptAsync(DataDeletion deletion, CancellationToken ct = default);

    /// <summary>Reads one by its confirmation code. Null if there is none.</summary>
    Task<DataDeletion?> FindAsync(string confirmationCode, CancellationToken ct = default);

    /// <summary>
    /// Takes the oldest that is not complete and that nobody else works on, by the database's clock, and notes when work on it
    /// began. Null if there is none.
    /// </summary>
    Task<DataDeletion?> LeaseAsync(string owner, DateTime at, TimeSpan lease, CancellationToken ct = default);

    /// <summary>Writes progress and extends the lease. False, with nothing written, if the owner lost it.</summary>
    Task<bool> ReportAsync(Guid deletionId, string owner, DeletionProgress progress, CancellationToken ct = default);

    /// <summary>Lists them, newest first.</summary>
    /// <param name="before">Only ids less than this, to page on. Null from the newest.</param>
    /// <param name="limit">At most so many, 1 to 500.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<DataDeletion>> ListAsync(Guid? before, int limit, CancellationToken ct = default);

    /// <summary>Removes those completed before a time.</summary>
    Task<int> PurgeAsync(DateTime completedBefore, CancellationToken ct = default);
}
