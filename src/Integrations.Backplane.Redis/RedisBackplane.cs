using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Integrations.Backplane.Redis;

/// <summary>
/// Hints by publish and subscribe. Connecting, reconnecting and subscribing again are the client library's work; nobody waits for it.
/// </summary>
internal sealed class RedisBackplane : IWidgetBackplane, IAsyncDisposable
{
    private readonly RedisChannel _channel;
    private readonly ILogger _logger;
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection;
    private readonly HintQueue _hints;

    public RedisBackplane(ConfigurationOptions options, string channel, TimeProvider time, ILogger logger)
    {
        (_channel, _logger) = (RedisChannel.Literal(channel), logger);
        var own = options.Clone();
        own.AbortOnConnectFail = false;
        own.BacklogPolicy = BacklogPolicy.FailFast; // a hint that waits for Redis to come back is of no use then
        _connection = new Lazy<Task<ConnectionMultiplexer>>(() => Task.Run(() => ConnectionMultiplexer.ConnectAsync(own)));
        _hints = new HintQueue(PublishAsync, e => Log.PublishFailed(logger, e), () => Log.PublishRecovered(logger), time);
    }

    public Task PublishAsync(WidgetHint hint, CancellationToken ct = default)
    {
        _hints.Add(hint);
        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable> SubscribeAsync(Action<WidgetHint> onHint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(onHint);
        return Task.FromResult<IAsyncDisposable>(new Subscription(_connection.Value, _channel, onHint, _logger));
    }

    public async ValueTask DisposeAsync()
    {
        await _hints.DisposeAsync();
        if (!_connection.IsValueCreated)
            return;
        var closing = CloseAsync(_connection.Value);
        if (_connection.Value.IsCompleted)
            await closing; // else it is closed once the attempt to connect has ended
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer> connection) => await (await connection).DisposeAsync();

    private async Task PublishAsync(string[] hints, CancellationToken ct)
    {
        var subscriber = (await _connection.Value.WaitAsync(ct)).GetSubscriber();
        await Task.WhenAll(hints.Select(hint => subscriber.PublishAsync(_channel, hint)));
    }
}
