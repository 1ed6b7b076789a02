using Microsoft.Extensions.Logging;
using Npgsql;

namespace Integrations.Backplane.PostgreSql;

/// <summary>
/// Hints by NOTIFY. In a statement of its own after the commit, never inside the transaction that writes the message: a NOTIFY in it
/// takes a lock of the whole database at commit and halves the rate of writes.
/// </summary>
internal sealed class PostgreSqlBackplane : IWidgetBackplane, IAsyncDisposable
{
    /// <summary>Names are cut there: NAMEDATALEN.</summary>
    public const int MaxChannel = 63;

    private const int KeepAliveSeconds = 30;

    private readonly string _channel;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly NpgsqlDataSource _source;
    private readonly HintQueue _hints;

    public PostgreSqlBackplane(string connectionString, string channel, TimeProvider time, ILogger logger)
    {
        (_channel, _time, _logger) = (channel, time, logger);
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString).EnableArrays();
        // A connection that died without a word would listen for ever.
        builder.ConnectionStringBuilder.KeepAlive = KeepAliveSeconds;
        _source = builder.Build();
        _hints = new HintQueue(NotifyAsync, e => Log.PublishFailed(logger, e), () => Log.PublishRecovered(logger), time);
    }

    public Task PublishAsync(WidgetHint hint, CancellationToken ct = default)
    {
        _hints.Add(hint);
        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(onHint);
        return Task.FromResult<IAsyncDisposable>(new Listener(_source, _channel, onHint, _time, _logger));
    }

    public async ValueTask DisposeAsync()
    {
        await _hints.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>All of them in one commit: each that notifies takes the lock.</summary>
    private async Task NotifyAsync(string[] hints, CancellationToken ct)
    {
        await using var command = _source.CreateCommand("SELECT pg_notify($1, hint) FROM unnest($2) AS hint");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _channel });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = hints });
        await command.ExecuteNonQueryAsync(ct);
    }
}
