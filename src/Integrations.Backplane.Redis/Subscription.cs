using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Integrations.Backplane.Redis;

/// <summary>One who listens. Subscribing goes on in the background: a visitor's stream does not wait for Redis.</summary>
internal sealed class Subscription : IAsyncDisposable
{
    private readonly Task<ConnectionMultiplexer> _connection;
    private readonly RedisChannel _channel;
    private readonly Action<WidgetHint> _onHint;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _subscribing;

    public Subscription(Task<ConnectionMultiplexer> connection, RedisChannel channel, Action<WidgetHint> onHint, ILogger logger)
    {
        (_connection, _channel, _onHint, _logger) = (connection, channel, onHint, logger);
        _subscribing = SubscribeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _subscribing;
        _stop.Dispose();
        try
        {
            if (_connection.IsCompletedSuccessfully)
                await _connection.Result.GetSubscriber().UnsubscribeAsync(_channel, OnMessage);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The connection is gone, and the subscription with it.
        }
    }

    private async Task SubscribeAsync()
    {
        try
        {
            var connection = await _connection.WaitAsync(_stop.Token);
            await connection.GetSubscriber().SubscribeAsync(_channel, OnMessage).WaitAsync(_stop.Token);
        }
        catch (Exception e) when (e is ObjectDisposedException || _stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
#pragma warning disable CA1031 // Not swallowed: logged. The library keeps the subscription and makes it once it is connected.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SubscribeFailed(_logger, e);
        }
    }

    private void OnMessage(RedisChannel channel, RedisValue value)
    {
        if (WidgetHint.TryDecode(value, out var hint))
            _onHint(hint);
    }
}
