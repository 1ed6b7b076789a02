using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>
/// The durable inbox and outbox. A lane's row is its lock: whoever stores a message for it, settles under it or gives it back
/// writes that row in the same transaction, so a lane is never put to rest while a message for it is being stored.
/// </summary>
internal sealed partial class EntityFrameworkMessageInbox(StoreDatabase database) : IMessageInbox
{
    /// <summary>The most messages settled in one transaction.</summary>
    private const int MaxSettlements = 1_000;

    private readonly GroupCommit<LaneSettlement> _settlements = new(MaxSettlements, group => SettleAsync(database, group));

    public async Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            return [];
        var stored = await database.InsertAsync(messages, ct);
        var outcomes = new AcceptOutcome[messages.Count];
        // Removed as it is found: the same message twice in a batch was stored once.
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = stored.Remove(messages[i].Id) ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate;
        return outcomes;
    }

    public Task<bool> ConfirmSentAsync(IntegrationKey key, Guid? messageId, string? platformMessageId, CancellationToken ct = default) =>
        database.TransactAsync(async (db, token) => Decision.Commit(await SentMessages.ConfirmAsync(db, key, messageId, platformMessageId, token)), ct);

    public Task<IReadOnlyList<StoredMessage>> ExpireUnknownAsync(
        TimeSpan olderThan, string error, int max, Func<StoredMessage, NewEvent>? makeEvent = null, CancellationToken ct = default) =>
        database.TransactAsync(async (db, token) => Decision.Commit(await SentMessages.ExpireAsync(db, olderThan, error, max, makeEvent, token)), ct);

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = await Filter(db, query).OrderByDescending(m => m.MessageId).Take(query.Limit).ToListAsync(token);
                return (IReadOnlyList<StoredMessage>)rows.ConvertAll(row => row.ToStored());
            },
            ct);
    }

    public Task<bool> RequeueAsync(IntegrationKey key, Guid messageId, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                var row = db.MessagesOf(key).Where(m => m.MessageId == messageId);
                if (await row.Where(m => m.State == MessageState.Failed && m.Payload != string.Empty).ExecuteUpdateAsync(
                        s => s.SetProperty(m => m.State, MessageState.Pending)
                            .SetProperty(m => m.Attempts, 0)
                            .SetProperty(m => m.SendingSince, (DateTime?)null)
                            .SetProperty(m => m.SettledAt, (DateTime?)null)
                            .SetProperty(m => m.LastError, (string?)null),
                        token) == 0)
                    return Decision.RollBack(false);
                await Lanes.MakeDueAsync(db, await row.Select(m => m.Lane).SingleAsync(token), token);
                return Decision.Commit(true);
            },
            ct);

    private static IQueryable<MessageRow> Filter(DbContext db, MessageQuery query)
    {
        var rows = db.MessagesOf(query.Key);
        if (query.State is { } state)
            rows = rows.Where(m => m.State == state);
        if (query.ContactId is { } contact)
            rows = rows.Where(m => m.ContactId == contact);
        if (query.Before is { } before)
            rows = rows.Where(m => m.MessageId < before);
        return rows;
    }
}
