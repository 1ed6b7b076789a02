using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Conversations;

/// <summary>Every read and write of conversations starts from one of these: the client is part of each condition.</summary>
internal static class ConversationQueries
{
    public static IQueryable<ConversationRecord> ConversationOf(this DbContext db, IntegrationKey key, string contactId) =>
        db.Rows<ConversationRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ContactId == contactId && c.ClientId == key.ClientId);

    public static IQueryable<ConversationMessageRow> MessagesOf(this DbContext db, IntegrationKey key, string contactId) =>
        db.Set<ConversationMessageRow>().Where(m => m.IntegrationId == key.IntegrationId && m.ContactId == contactId && m.ClientId == key.ClientId);
}
