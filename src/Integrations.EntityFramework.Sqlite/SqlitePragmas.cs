using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integrations.EntityFramework.Sqlite;

/// <summary>
/// Settings of each connection: full synchronisation (an accepted message survives power loss), and SQLite's own wait for another
/// process that writes, which wakes within milliseconds; the driver's wait sleeps 150 ms at a time.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData); // SQLite works in-process: its driver has no asynchronous path.
        return Task.CompletedTask;
    }
}
