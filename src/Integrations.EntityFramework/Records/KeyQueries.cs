using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Every write starts from one of these: the client is part of each condition.</summary>
internal static class KeyQueries
{
    public static IQueryable<ConnectionRecord> Of(this DbContext db, IntegrationKey key) =>
        db.Rows<ConnectionRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ClientId == key.ClientId);

    public static IQueryable<IntegrationRecord> RecordOf(this DbContext db, IntegrationKey key) =>
        db.Rows<IntegrationRecord>().Where(i => i.IntegrationId == key.IntegrationId && i.ClientId == key.ClientId);

    public static IQueryable<IntegrationRecord> RecordOf(this DbContext db, IntegrationKey key, Guid chatId, IntegrationType type) =>
        db.RecordOf(key).Where(i => i.ChatId == chatId && i.Type == type);

    /// <summary>The states in which a live integration works: <c>is_active</c>.</summary>
    public static bool Works(this ConnectionState state) => state is ConnectionState.Connected or ConnectionState.Degraded;
}
