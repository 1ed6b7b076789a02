using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework;

/// <summary>Event ids 3000-3099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3000, EventName = "StoreRepeating", Level = LogLevel.Debug,
        Message = "The database asked for a repeat after attempt {Attempt}, because another writer won.")]
    public static partial void Repeating(ILogger logger, int attempt, Exception exception);
}
