using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of the store in memory: id 1000.</summary>
internal static partial class InMemoryLog
{
    [LoggerMessage(EventId = 1000, EventName = "StoreIsVolatile", Level = LogLevel.Warning,
        Message = "Integrations are kept in memory and are gone after a restart. Add a store package, for example with AddSqliteStore().")]
    public static partial void StoreIsVolatile(ILogger logger);
}
