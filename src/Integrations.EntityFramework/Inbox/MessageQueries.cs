using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

internal static class MessageQueries
{
    /// <summary>The client is part of the condition.</summary>
    public static IQueryable<MessageRow> MessagesOf(this DbContext db, IntegrationKey key) =>
        db.Set<MessageRow>().Where(m => m.IntegrationId == key.IntegrationId && m.ClientId == key.ClientId);

    /// <summary>Stores a batch: one statement that commits by itself where the database can, else a transaction.</summary>
    public static Task<HashSet<Guid>> InsertAsync(this StoreDatabase database, IReadOnlyList<NewMessage> messages, CancellationToken ct) =>
        database.UnitAsync(
            needsTransaction: static dialect => dialect.InsertNeedsTransaction,
            (db, token) => SqlDialect.Of(db).InsertAsync(db, messages, token),
            ct);
}
