using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class DeletionTable
{
    public static void Map(EntityTypeBuilder<DataDeletion> entity, ColumnTypes types)
    {
        entity.ToTable("integration_deletions");
        entity.HasKey(d => d.DeletionId);
        entity.Property(d => d.DeletionId).HasColumnName("deletion_id").ValueGeneratedNever();
        types.Text(entity.Property(d => d.ConfirmationCode).HasColumnName("confirmation_code"), 64);
        types.Text(entity.Property(d => d.RequestHash).HasColumnName("request_hash"), 64);
        types.Text(entity.Property(d => d.SubjectHash).HasColumnName("subject_hash"), 64);
        types.Text(entity.Property(d => d.Type).HasColumnName("integration_type").HasConversion<IntegrationTypeConverter>(), IntegrationType.MaxLength);
        entity.Property(d => d.RequestedAt).HasColumnName("requested_at");
        entity.Property(d => d.Targets).HasColumnName("targets");
        entity.Property(d => d.Integrations).HasColumnName("integrations");
        entity.Property(d => d.Contacts).HasColumnName("contacts");
        entity.Property(d => d.Messages).HasColumnName("messages");
        entity.Property(d => d.StartedAt).HasColumnName("started_at");
        entity.Property(d => d.CompletedAt).HasColumnName("completed_at");
        entity.Property(d => d.LeaseOwner).HasColumnName("lease_owner");
        entity.Property(d => d.LeaseUntil).HasColumnName("lease_until");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(d => d.ConfirmationCode).IsUnique();
        entity.HasIndex(d => d.RequestHash).IsUnique();
    }
}
