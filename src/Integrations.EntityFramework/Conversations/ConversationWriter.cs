using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Conversations;

/// <summary>Adds a message. Called inside a transaction.</summary>
internal static class ConversationWriter
{
    public static async Task<Decision<ConversationAppend>> AppendAsync(DbContext db, NewConversationMessage message, CancellationToken ct)
    {
        var (key, contact) = (message.Key, message.ContactId);
        // The number is taken by the statement that locks the row: who comes next waits for this commit, so numbers become visible in order.
        var taken = await db.ConversationOf(key, contact).ExecuteUpdateAsync(s => s.SetProperty(c => c.LastSequence, c => c.LastSequence + 1), ct);
        if (taken == 0)
            return await StartAsync(db, message, ct);
        var known = await db.MessagesOf(key, contact).Where(m => m.MessageKey == message.MessageKey).SingleOrDefaultAsync(ct);
        if (known is not null)
            return Decision.RollBack(new ConversationAppend { Outcome = ConversationAppendOutcome.Duplicate, Message = known.ToMessage() });
        var conversation = await db.ConversationOf(key, contact).SingleAsync(ct);
        return conversation.ClosedAt is null
            ? await AddAsync(db, message, conversation.LastSequence, ct)
            : Decision.RollBack(new ConversationAppend { Outcome = ConversationAppendOutcome.Closed });
    }

    /// <summary>Of two first messages at once the slower one runs into the primary key, and its transaction runs again.</summary>
    private static async Task<Decision<ConversationAppend>> StartAsync(DbContext db, NewConversationMessage message, CancellationToken ct)
    {
        if (message.Author != ConversationAuthor.Contact || !await db.RecordOf(message.Key).AnyAsync(ct))
            return Decision.RollBack(new ConversationAppend { Outcome = ConversationAppendOutcome.NotFound });
        db.Add(new ConversationRecord
        {
            IntegrationId = message.Key.IntegrationId,
            ContactId = message.ContactId,
            ClientId = message.Key.ClientId,
            LastSequence = 1,
            CreatedAt = message.At,
        });
        await db.SaveChangesAsync(ct);
        return await AddAsync(db, message, 1, ct);
    }

    private static async Task<Decision<ConversationAppend>> AddAsync(DbContext db, NewConversationMessage message, long sequence, CancellationToken ct)
    {
        var row = new ConversationMessageRow
        {
            IntegrationId = message.Key.IntegrationId,
            ContactId = message.ContactId,
            Sequence = sequence,
            ClientId = message.Key.ClientId,
            MessageKey = message.MessageKey,
            Author = message.Author,
            Payload = message.Payload,
            At = message.At,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return Decision.Commit(new ConversationAppend { Outcome = ConversationAppendOutcome.Added, Message = row.ToMessage() });
    }
}
