using System.Data;
using Integrations.EntityFramework.Dialects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework.Sessions;

/// <summary>
/// Runs what the stores do: one context each time, the host's execution strategy around it, a bounded number of repeats when the
/// database asks for one, and one writer at a time where the database has only one.
/// </summary>
internal sealed class StoreDatabase(IStoreContexts contexts, ILogger<StoreDatabase> logger) : IDisposable
{
    private const int MaxAttempts = 6;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private IModel? _checkedModel;

    public async Task<T> ReadAsync<T>(Func<DbContext, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        await using var context = await OpenAsync(ct);
        return await read(context.Db, ct);
    }

    /// <summary>One statement that commits by itself.</summary>
    public Task<T> WriteAsync<T>(Func<DbContext, CancellationToken, Task<T>> write, CancellationToken ct) => RepeatAsync(write, ct);

    /// <summary>
    /// Several statements that commit together. The body runs again from the start after a lost race, so that it decides on what
    /// the winner wrote; it keeps nothing between runs.
    /// </summary>
    public Task<T> TransactAsync<T>(Func<DbContext, CancellationToken, Task<Decision<T>>> body, CancellationToken ct) =>
        RepeatAsync((db, token) => TransactAsync(db, body, token), ct);

    /// <summary>What is one statement on some databases and several on others.</summary>
    public Task<T> UnitAsync<T>(Func<SqlDialect, bool> needsTransaction, Func<DbContext, CancellationToken, Task<T>> work, CancellationToken ct) =>
        RepeatAsync(
            (db, token) => needsTransaction(SqlDialect.Of(db))
                ? TransactAsync(db, async (inner, attempt) => Decision.Commit(await work(inner, attempt)), token)
                : db.Database.CreateExecutionStrategy().ExecuteAsync(attempt => work(db, attempt), token),
            ct);

    /// <exception cref="IntegrationException">The context does not map the tables.</exception>
    public static void CheckModel(DbContext db)
    {
        if (db.Model.FindEntityType(typeof(IntegrationRecord)) is null)
            throw new IntegrationException(
                IntegrationErrorKind.Configuration,
                $"{db.GetType().Name} does not map the integrations tables. Call modelBuilder.UseIntegrations() in its OnModelCreating.");
    }

    public void Dispose() => _writer.Dispose();

    private static Task<T> TransactAsync<T>(DbContext db, Func<DbContext, CancellationToken, Task<Decision<T>>> body, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async attempt =>
            {
                db.ChangeTracker.Clear();
                // Each statement must see what others committed before it: the lane and connection locks depend on it.
                await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, attempt);
                var decision = await body(db, attempt);
                if (decision.Commits)
                    await transaction.CommitAsync(attempt);
                return decision.Value;
            },
            ct);

    private async Task<T> RepeatAsync<T>(Func<DbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var context = await OpenAsync(ct);
            var dialect = SqlDialect.Of(context.Db);
            try
            {
                return dialect.HasSingleWriter ? await AloneAsync(work, context.Db, ct) : await work(context.Db, ct);
            }
            catch (Exception e) when (attempt < MaxAttempts && dialect.IsLostRace(e))
            {
                Log.Repeating(logger, attempt, e);
            }
        }
    }

    /// <summary>
    /// SQLite has one writer: waiting here is fair and wakes at once, while its own answer to a second writer is to poll.
    /// </summary>
    private async Task<T> AloneAsync<T>(Func<DbContext, CancellationToken, Task<T>> work, DbContext db, CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            return await work(db, ct);
        }
        finally
        {
            _writer.Release();
        }
    }

    private async ValueTask<StoreContext> OpenAsync(CancellationToken ct)
    {
        var context = await contexts.OpenAsync(ct);
        context.Db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        if (ReferenceEquals(_checkedModel, context.Db.Model))
            return context;
        try
        {
            CheckModel(context.Db);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }

        _checkedModel = context.Db.Model;
        return context;
    }
}
