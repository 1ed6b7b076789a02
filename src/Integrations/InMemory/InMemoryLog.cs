using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of the store in memory: ids 1000 and 1001.</summary>
internal static partial class InMemoryLog
{
    [LoggerMessage(EventId = 1000, EventName = "StoreIsVolatile", Level = LogLevel.Warning,
        Message = "Integrations are kept in memory and are gone after a restart. Add a store package, for example with AddSqliteStore().")]
    public static partial void StoreIsVolatile(ILogger logger);

    [LoggerMessage(EventId = 1001, EventName = "PartOfStoreIsVolatile", Level = LogLevel.Warning,
        Message = "{Stores} are kept in memory and lose what they hold at a restart, while {Store} keeps the integrations. The package of that store must replace them too.")]
    public static partial void PartOfStoreIsVolatile(ILogger logger, string stores, string store);
}
