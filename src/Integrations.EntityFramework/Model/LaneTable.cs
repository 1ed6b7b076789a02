using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class LaneTable
{
    public static void Map(EntityTypeBuilder<LaneRow> entity, ColumnTypes types)
    {
        entity.ToTable("integration_lanes");
        entity.HasKey(l => l.Lane);
        types.Text(entity.Property(l => l.Lane).HasColumnName("lane"), 200);
        entity.Property(l => l.IntegrationId).HasColumnName("integration_id");
        entity.Property(l => l.DueAt).HasColumnName("due_at");
        entity.Property(l => l.Token).HasColumnName("token");
        entity.Property(l => l.LeaseOwner).HasColumnName("lease_owner");
        entity.Property(l => l.LeaseId).HasColumnName("lease_id");
        entity.Property(l => l.LeaseUntil).HasColumnName("lease_until");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(l => l.DueAt).HasFilter("due_at IS NOT NULL");
        entity.HasIndex(l => l.IntegrationId);
        IntegrationsModel.BelongsToIntegration(entity);
    }
}
