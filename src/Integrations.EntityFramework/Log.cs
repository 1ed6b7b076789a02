using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework;

/// <summary>Event ids 3000-3099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3000, EventName = "StoreRepeating", Level = LogLevel.Debug,
        Message = "The database asked for a repeat after attempt {Attempt}, because another writer won.")]
    public static partial void Repeating(ILogger logger, int attempt, Exception exception);

    [LoggerMessage(EventId = 3010, EventName = "StoreSchemaDiffers", Level = LogLevel.Error,
        Message = "The database is not as {Context} says: table {Table} is missing, lacks a column or cannot be read. Nothing is kept until it is. Add a migration with 'dotnet ef migrations add Integrations', and apply it with 'dotnet ef database update' or Database.MigrateAsync().")]
    public static partial void SchemaDiffers(ILogger logger, string context, string table, Exception exception);

    [LoggerMessage(EventId = 3011, EventName = "StoreSchemaNotChecked", Level = LogLevel.Warning,
        Message = "Whether the database has the tables could not be looked up at start. Is it reachable?")]
    public static partial void SchemaNotChecked(ILogger logger, Exception exception);
}
