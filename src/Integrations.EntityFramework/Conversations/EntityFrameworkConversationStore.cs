using Integrations.EntityFramework.Conversations;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>What was written on the host's own channels.</summary>
internal sealed class EntityFrameworkConversationStore(StoreDatabase database) : IConversationStore
{
    private const int MaxLimit = 500;

    public Task<ConversationRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => db.ConversationOf(key, contactId).SingleOrDefaultAsync(token), ct);

    public Task<ConversationAppend> AppendAsync(NewConversationMessage message, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return database.TransactAsync((db, token) => ConversationWriter.AppendAsync(db, message, token), ct);
    }

    public Task<IReadOnlyList<ConversationMessage>> ListAsync(ConversationQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckLimit(query.Limit);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.MessagesOf(query.Key, query.ContactId);
                if (query.Before is { } before)
                    rows = rows.Where(m => m.Sequence < before);
                var found = query.After is { } after
                    ? await rows.Where(m => m.Sequence > after).OrderBy(m => m.Sequence).Take(query.Limit).ToListAsync(token)
                    : await rows.OrderByDescending(m => m.Sequence).Take(query.Limit).ToListAsync(token);
                return (IReadOnlyList<ConversationMessage>)[.. found.OrderBy(m => m.Sequence).Select(m => m.ToMessage())];
            },
            ct);
    }

    public Task<int> CountUnreadAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.ReadAsync(
            (db, token) => db.MessagesOf(key, contactId)
                .CountAsync(m => m.Author == ConversationAuthor.Agent && m.Sequence > db.ConversationOf(key, contactId).Select(c => c.ReadSequence).First(), token),
            ct);

    public Task<bool> MarkReadAsync(IntegrationKey key, string contactId, long sequence, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) => await db.ConversationOf(key, contactId)
                .Where(c => c.ReadSequence < sequence && c.ReadSequence < c.LastSequence)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.ReadSequence, c => c.LastSequence < sequence ? c.LastSequence : sequence), token) == 1,
            ct);

    public Task<bool> CloseAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) => await db.ConversationOf(key, contactId).Where(c => c.ClosedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.ClosedAt, at), token) == 1,
            ct);

    public Task<bool> EndSessionsAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) => await db.ConversationOf(key, contactId)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.SessionEpoch, c => c.SessionEpoch + 1), token) == 1,
            ct);

    public Task<IReadOnlyList<ConversationRecord>> ListAsync(ContactQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckLimit(query.Limit);
        var key = query.Key;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Rows<ConversationRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ClientId == key.ClientId);
                if (query.After is { } after)
#pragma warning disable CA1309 // Translated: the database compares, by the order it also sorts by.
                    rows = rows.Where(c => string.Compare(c.ContactId, after) > 0);
#pragma warning restore CA1309
                return (IReadOnlyList<ConversationRecord>)await rows.OrderBy(c => c.ContactId).Take(query.Limit).ToListAsync(token);
            },
            ct);
    }

    public Task<int> EraseAsync(IntegrationKey key, DateTime before, int max, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.Set<ConversationMessageRow>()
                .Where(m => m.IntegrationId == key.IntegrationId && m.ClientId == key.ClientId && m.At < before)
                .OrderBy(m => m.At).Take(max).ExecuteDeleteAsync(token),
            ct);

    public Task<int> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                // The conversation's lock first, as those who add take it.
                await db.ConversationOf(key, contactId).ExecuteUpdateAsync(s => s.SetProperty(c => c.ReadSequence, c => c.ReadSequence), token);
                var removed = await db.MessagesOf(key, contactId).ExecuteDeleteAsync(token);
                await db.ConversationOf(key, contactId).ExecuteDeleteAsync(token);
                return Decision.Commit(removed);
            },
            ct);

    private static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
    }
}
