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
    private int _isFailing;

    public PostgreSqlBackplane(string connectionString, string channel, TimeProvider time, ILogger logger)
    {
        (_channel, _time, _logger) = (channel, time, logger);
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        // A connection that died without a word would listen for ever.
        builder.ConnectionStringBuilder.KeepAlive = KeepAliveSeconds;
        _source = builder.Build();
    }

    public async Task PublishAsync(WidgetHint hint, CancellationToken ct = default)
    {
        try
        {
            await using var command = _source.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _channel });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hint.Encode() });
            await command.ExecuteNonQueryAsync(ct);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
                Log.PublishRecovered(_logger);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Once for each outage.
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
                Log.PublishFailed(_logger, e);
        }
    }

    public Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(onHint);
        return Task.FromResult<IAsyncDisposable>(new Listener(_source, _channel, onHint, _time, _logger));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
