using Microsoft.Extensions.Logging;
using Npgsql;

namespace Integrations.Backplane.PostgreSql;

/// <summary>One connection that listens, opened again whenever it is lost.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly string _channel;
    private readonly Action<WidgetHint> _onHint;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public Listener(NpgsqlDataSource source, string channel, Action<WidgetHint> onHint, TimeProvider time, ILogger logger)
    {
        (_source, _channel, _onHint, _time, _logger) = (source, channel, onHint, time, logger);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Opening a connection cannot be cut short at a server that does not answer: it ends by itself, and does not listen then.
        if (await Task.WhenAny(_running, Task.Delay(Patience, _time)) == _running)
            _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => pause = ShortestPause);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Not swallowed: logged, and tried again for as long as somebody listens.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.ListenFailed(_logger, e);
            }

            try
            {
                await Task.Delay(pause, _time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ListenAsync(Action onListening)
    {
        await using var connection = await _source.OpenConnectionAsync(_stop.Token);
        connection.Notification += (_, notification) =>
        {
            if (WidgetHint.TryDecode(notification.Payload, out var hint))
                _onHint(hint);
        };
        var name = _channel.Replace("\"", "\"\"", StringComparison.Ordinal);
        await using (var command = new NpgsqlCommand($"LISTEN \"{name}\"", connection))
            await command.ExecuteNonQueryAsync(_stop.Token);
        Log.Listening(_logger, _channel);
        onListening();
        while (true)
            await connection.WaitAsync(_stop.Token);
    }
}
