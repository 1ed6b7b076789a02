using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class ConversationTable
{
    public static void Map(EntityTypeBuilder<ConversationRecord> entity, ColumnTypes types)
    {
        entity.ToTable("integration_conversations");
        entity.HasKey(c => new { c.IntegrationId, c.ContactId });
        entity.Property(c => c.IntegrationId).HasColumnName("integration_id");
        types.Text(entity.Property(c => c.ContactId).HasColumnName("contact_id"), 200);
        entity.Property(c => c.ClientId).HasColumnName("client_id");
        entity.Property(c => c.LastSequence).HasColumnName("last_sequence");
        entity.Property(c => c.ReadSequence).HasColumnName("read_sequence");
        entity.Property(c => c.SessionEpoch).HasColumnName("session_epoch");
        entity.Property(c => c.CreatedAt).HasColumnName("created_at");
        entity.Property(c => c.ClosedAt).HasColumnName("closed_at");
        IntegrationsModel.UseUtc(entity);
        IntegrationsModel.BelongsToIntegration(entity);
    }
}
