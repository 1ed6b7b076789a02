using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integrations.EntityFramework.Tests;

/// <summary>What the store sends to its database.</summary>
internal sealed class CommandLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<(string Sql, object?[] Values)> _commands = [];

    public (string Sql, object?[] Values)[] Take()
    {
        var commands = _commands.ToArray();
        _commands.Clear();
        return commands;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return new(result);
    }

    private void Note(DbCommand command) =>
        _commands.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => p.Value)]));
}
