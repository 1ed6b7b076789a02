using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Integrations.Backplane.Redis;

/// <summary>Hints by publish and subscribe. Connecting, reconnecting and subscribing again are the client library's work.</summary>
internal sealed class RedisBackplane : IWidgetBackplane, IAsyncDisposable
{
    private readonly RedisChannel _channel;
    private readonly ILogger _logger;
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection;
    private int _isFailing;

    public RedisBackplane(ConfigurationOptions options, string channel, ILogger logger)
    {
        (_channel, _logger) = (RedisChannel.Literal(channel), logger);
        var own = options.Clone();
        own.AbortOnConnectFail = false;
        own.BacklogPolicy = BacklogPolicy.FailFast; // a hint that waits for Redis to come back is of no use then
        _connection = new Lazy<Task<ConnectionMultiplexer>>(() => ConnectionMultiplexer.ConnectAsync(own));
    }

    public async Task PublishAsync(WidgetHint hint, CancellationToken ct = default)
    {
        try
        {
            var connection = await _connection.Value.WaitAsync(ct);
            await connection.GetSubscriber().PublishAsync(_channel, hint.Encode()).WaitAsync(ct);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
                Log.PublishRecovered(_logger);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // Once for each outage.
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
                Log.PublishFailed(_logger, e);
        }
    }

    public async Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(onHint);
        Action<RedisChannel, RedisValue> handler = (_, value) =>
        {
            if (WidgetHint.TryDecode(value, out var hint))
                onHint(hint);
        };
        var connection = await _connection.Value.WaitAsync(ct);
        try
        {
            await connection.GetSubscriber().SubscribeAsync(_channel, handler).WaitAsync(ct);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The library keeps the subscription and makes it once it is connected.
            Log.SubscribeFailed(_logger, e);
        }

        return new Subscription(connection.GetSubscriber(), _channel, handler);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
            await (await _connection.Value).DisposeAsync();
    }

    private sealed class Subscription(ISubscriber subscriber, RedisChannel channel, Action<RedisChannel, RedisValue> handler) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await subscriber.UnsubscribeAsync(channel, handler);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The connection is gone, and the subscription with it.
            }
        }
    }
}
