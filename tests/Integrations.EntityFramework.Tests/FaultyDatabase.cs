using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integrations.EntityFramework.Tests;

/// <summary>
/// Connections that break: before anything is sent, before a transaction commits, or just after, when its caller cannot know.
/// A statement that commits by itself has been committed when its connection is given back.
/// </summary>
internal sealed class FaultyDatabase(int seed, double share) : DbTransactionInterceptor, IDbConnectionInterceptor
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public int Faults { get; private set; }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Break("before the commit");
        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Break("after the commit");
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Break("as it was opened");
        return new(result);
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Break("as it was given back");
        return new(result);
    }

    private void Break(string when)
    {
        lock (_lock)
        {
            if (_random.NextDouble() >= share)
                return;
            Faults++;
        }

        throw new IOException($"The connection broke {when}.");
    }
}
