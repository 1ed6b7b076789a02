using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Adds an integration with its connection.</summary>
internal static class NewIntegration
{
    /// <summary>
    /// False if there is one with this id or natural key. Looks first; of two at once the slower one runs into the unique index,
    /// runs again, and then sees the other.
    /// </summary>
    public static async Task<bool> AddAsync(
        DbContext db, IntegrationKey key, Guid chatId, IntegrationType type, string details, DateTime at, CancellationToken ct)
    {
        if (await db.Rows<IntegrationRecord>().AnyAsync(
                i => i.IntegrationId == key.IntegrationId || (i.ClientId == key.ClientId && i.ChatId == chatId && i.Type == type), ct))
            return false;
        db.Add(new IntegrationRecord
        {
            IntegrationId = key.IntegrationId,
            ClientId = key.ClientId,
            ChatId = chatId,
            Type = type,
            Details = details,
            CreatedAt = at,
            UpdatedAt = at,
        });
        db.Add(new ConnectionRecord
        {
            IntegrationId = key.IntegrationId,
            ClientId = key.ClientId,
            State = ConnectionState.Pending,
            StateSince = at,
            ConfigurationVersion = 1,
        });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return true;
    }
}
