using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.

/// <summary>Messages whose send has no known end. Called inside a transaction.</summary>
internal static class SentMessages
{
    /// <summary>True if it is one of ours. The write that makes it done also counts it.</summary>
    public static async Task<bool> ConfirmAsync(DbContext db, IntegrationKey key, Guid? messageId, string? platformMessageId, CancellationToken ct)
    {
        var outbound = db.MessagesOf(key).Where(m => m.Direction == MessageDirection.Outbound);
        return (messageId is { } id && await ConfirmAsync(db, key, outbound.Where(m => m.MessageId == id), platformMessageId, ct))
            || (platformMessageId is not null
                && await ConfirmAsync(db, key, outbound.Where(m => m.PlatformMessageId == platformMessageId), platformMessageId, ct));
    }

    /// <summary>Takes them row by row, so that of two calls one gets each.</summary>
    public static async Task<IReadOnlyList<StoredMessage>> ExpireAsync(
        DbContext db, TimeSpan olderThan, string error, int max, Func<StoredMessage, NewEvent>? makeEvent, CancellationToken ct)
    {
        var seconds = -olderThan.TotalSeconds;
        var overdue = db.Set<MessageRow>().Where(m => m.State == MessageState.Unknown && m.SendingSince <= DateTime.UtcNow.AddSeconds(seconds));
        var candidates = await overdue.OrderBy(m => m.SendingSince).Take(max).Select(m => m.Sequence).ToListAsync(ct);
        var expired = new List<StoredMessage>(candidates.Count);
        foreach (var sequence in candidates)
        {
            var row = db.Set<MessageRow>().Where(m => m.Sequence == sequence);
            if (await row.Where(m => m.State == MessageState.Unknown).ExecuteUpdateAsync(
                    s => s.SetProperty(m => m.State, MessageState.Failed)
                        .SetProperty(m => m.LastError, error)
                        .SetProperty(m => m.SettledAt, m => DateTime.UtcNow),
                    ct) == 0)
                continue;
            var message = (await row.SingleAsync(ct)).ToStored();
            expired.Add(message);
            await db.AddEventAsync(message.Key, makeEvent?.Invoke(message), ct);
        }

        return expired;
    }

    private static async Task<bool> ConfirmAsync(
        DbContext db, IntegrationKey key, IQueryable<MessageRow> message, string? platformMessageId, CancellationToken ct)
    {
        // Also one still pending whose send has left, and one given up as unknown: the echo proves that the platform has it.
        var confirmed = await message
            .Where(m => m.State == MessageState.Unknown
                || (m.SendingSince != null && (m.State == MessageState.Pending || m.State == MessageState.Failed)))
            .ExecuteUpdateAsync(
                s => s.SetProperty(m => m.State, MessageState.Done)
                    .SetProperty(m => m.PlatformMessageId, m => platformMessageId ?? m.PlatformMessageId)
                    .SetProperty(m => m.LastError, (string?)null)
                    .SetProperty(m => m.SendingSince, (DateTime?)null)
                    .SetProperty(m => m.SettledAt, m => DateTime.UtcNow),
                ct);
        if (confirmed == 0)
            return await message.AnyAsync(ct);
        await Settlements.CountAsync(db.RecordOf(key), confirmed, ct);
        return true;
    }
}
