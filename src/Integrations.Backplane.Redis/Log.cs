using Microsoft.Extensions.Logging;

namespace Integrations.Backplane.Redis;

/// <summary>Everything this package logs: ids 2370 to 2389.</summary>
internal static partial class Log
{
    [LoggerMessage(2370, LogLevel.Warning, "The backplane cannot reach Redis to tell other hosts; visitors there get answers with the next ping.", EventName = "RedisPublishFailed")]
    public static partial void PublishFailed(ILogger logger, Exception exception);

    [LoggerMessage(2371, LogLevel.Information, "The backplane reaches Redis again.", EventName = "RedisPublishRecovered")]
    public static partial void PublishRecovered(ILogger logger);

    [LoggerMessage(2372, LogLevel.Warning, "The backplane could not subscribe at Redis yet; it is tried again when Redis answers.", EventName = "RedisSubscribeFailed")]
    public static partial void SubscribeFailed(ILogger logger, Exception exception);
}
