using Microsoft.Extensions.Logging;

namespace Integrations.Backplane.PostgreSql;

/// <summary>Everything this package logs: ids 2350 to 2369.</summary>
internal static partial class Log
{
    [LoggerMessage(2350, LogLevel.Warning, "The backplane cannot reach PostgreSQL to tell other hosts; visitors there get answers with the next ping.", EventName = "PostgreSqlPublishFailed")]
    public static partial void PublishFailed(ILogger logger, Exception exception);

    [LoggerMessage(2351, LogLevel.Information, "The backplane reaches PostgreSQL again.", EventName = "PostgreSqlPublishRecovered")]
    public static partial void PublishRecovered(ILogger logger);

    [LoggerMessage(2352, LogLevel.Warning, "The backplane lost its listening connection and opens another; visitors get answers with the next ping meanwhile.", EventName = "PostgreSqlListenFailed")]
    public static partial void ListenFailed(ILogger logger, Exception exception);

    [LoggerMessage(2353, LogLevel.Information, "The backplane listens on channel {Channel}.", EventName = "PostgreSqlListening")]
    public static partial void Listening(ILogger logger, string channel);
}
