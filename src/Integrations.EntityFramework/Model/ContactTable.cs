using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class ContactTable
{
    public static void Map(EntityTypeBuilder<ContactRecord> entity, ColumnTypes types)
    {
        entity.ToTable("integration_contacts");
        entity.HasKey(c => new { c.IntegrationId, c.ContactId });
        entity.Property(c => c.IntegrationId).HasColumnName("integration_id");
        entity.Property(c => c.ClientId).HasColumnName("client_id");
        types.Text(entity.Property(c => c.ContactId).HasColumnName("contact_id"), 200);
        entity.Property(c => c.FirstSeenAt).HasColumnName("first_seen_at");
        entity.Property(c => c.LastInboundAt).HasColumnName("last_inbound_at");
        entity.Property(c => c.WelcomedAt).HasColumnName("welcomed_at");
        IntegrationsModel.UseUtc(entity);
        IntegrationsModel.BelongsToIntegration(entity);
    }
}
