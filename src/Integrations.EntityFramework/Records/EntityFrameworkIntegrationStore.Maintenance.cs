using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <content>Counting, sealing anew, and removal.</content>
internal sealed partial class EntityFrameworkIntegrationStore
{
    public Task<IReadOnlyList<ConnectionCount>> CountAsync(DateTime dueBefore, CancellationToken ct = default) =>
        database.ReadAsync(
            async (db, token) => (IReadOnlyList<ConnectionCount>)await (
                from c in db.Rows<ConnectionRecord>()
                join i in db.Rows<IntegrationRecord>() on c.IntegrationId equals i.IntegrationId
                group c by new { i.Type, c.State } into g
                select new ConnectionCount
                {
                    Type = g.Key.Type,
                    State = g.Key.State,
                    Count = g.Count(),
                    Due = g.Count(c => c.RefreshDueAt <= dueBefore && (c.State == ConnectionState.Connected || c.State == ConnectionState.Degraded)),
                }).ToListAsync(token),
            ct);

    public async Task<IReadOnlyList<StoredIntegration>> ClaimDueChecksAsync(CheckClaim claim, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        // One statement each, not one transaction: nothing is locked for longer than a moment, and a few are taken each time.
        var won = new List<Guid>();
        foreach (var id in await database.ReadAsync((db, token) => CheckClaims.FindAsync(db, claim, token), ct))
            if (await database.WriteAsync((db, token) => CheckClaims.TakeAsync(db, claim, id, token), ct))
                won.Add(id);
        return won.Count == 0 ? [] : await database.ReadAsync((db, token) => CheckClaims.ReadAsync(db, won, token), ct);
    }

    public Task BringCheckForwardAsync(IntegrationKey key, DateTime due, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.Of(key).Where(c => c.CheckDueAt > due).ExecuteUpdateAsync(s => s.SetProperty(c => c.CheckDueAt, due), token), ct);

    public Task<bool> ReplaceSealedAsync(IntegrationKey key, SealedReplacement replacement, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        return database.TransactAsync(
            async (db, token) =>
            {
                // The lock of the integration, taken under the condition: a token or form under way is waited for, and then wins.
                if (await db.Of(key)
                        .Where(c => c.TokenVersion == replacement.TokenVersion && c.ConfigurationVersion == replacement.ConfigurationVersion)
                        .ExecuteUpdateAsync(
                            s => s.SetProperty(c => c.ConfigurationVersion, c => c.ConfigurationVersion == 0 ? 1 : c.ConfigurationVersion), token) == 0)
                    return Decision.RollBack(false);
                var written = await db.RecordOf(key).ExecuteUpdateAsync(
                    s => s.SetProperty(i => i.AuthToken, replacement.AuthToken)
                        .SetProperty(i => i.RefreshToken, replacement.RefreshToken)
                        .SetProperty(i => i.Details, replacement.Details),
                    token);
                return written == 1 ? Decision.Commit(true) : Decision.RollBack(false);
            },
            ct);
    }

    public Task<bool> RemoveAsync(IntegrationKey key, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                if (!await db.RecordOf(key).AnyAsync(token))
                    return Decision.RollBack(false);
                // Said one by one, for a host whose migrations left a foreign key out.
                await db.Set<AccountRow>().Where(a => a.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await db.Set<ConversationMessageRow>().Where(m => m.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await db.Rows<ConversationRecord>().Where(c => c.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await db.Rows<ContactRecord>().Where(c => c.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await db.MessagesOf(key).ExecuteDeleteAsync(token);
                await db.Set<LaneRow>().Where(l => l.IntegrationId == key.IntegrationId).ExecuteDeleteAsync(token);
                await EventRows.ForgetAsync(db, key, token);
                await db.Of(key).ExecuteDeleteAsync(token);
                return await db.RecordOf(key).ExecuteDeleteAsync(token) == 1 ? Decision.Commit(true) : Decision.RollBack(false);
            },
            ct);
}
