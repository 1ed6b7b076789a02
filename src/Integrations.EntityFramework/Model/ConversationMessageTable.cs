using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class ConversationMessageTable
{
    public static void Map(EntityTypeBuilder<ConversationMessageRow> entity, ColumnTypes types)
    {
        entity.ToTable("integration_conversation_messages");
        entity.HasKey(m => new { m.IntegrationId, m.ContactId, m.Sequence });
        entity.Property(m => m.IntegrationId).HasColumnName("integration_id");
        types.Text(entity.Property(m => m.ContactId).HasColumnName("contact_id"), 200);
        entity.Property(m => m.Sequence).HasColumnName("sequence").ValueGeneratedNever();
        entity.Property(m => m.ClientId).HasColumnName("client_id");
        types.Text(entity.Property(m => m.MessageKey).HasColumnName("message_key"), 100);
        entity.Property(m => m.Author).HasColumnName("author").HasConversion<short>();
        // Text, not jsonb: it is only ever read whole, and jsonb refuses the \u0000 that people do send.
        entity.Property(m => m.Payload).HasColumnName("payload");
        entity.Property(m => m.At).HasColumnName("written_at");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(m => new { m.IntegrationId, m.ContactId, m.MessageKey }).IsUnique();
        entity.HasIndex(m => new { m.IntegrationId, m.At }); // retention
        entity.HasOne<ConversationRecord>().WithMany().HasForeignKey(m => new { m.IntegrationId, m.ContactId }).OnDelete(DeleteBehavior.Cascade);
    }
}
