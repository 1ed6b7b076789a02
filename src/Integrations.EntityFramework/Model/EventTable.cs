using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

/// <summary>
/// Has no foreign key: what happened to an integration is still told when it has been removed meanwhile, and that something was
/// deleted stays on record.
/// </summary>
internal static class EventTable
{
    public static void Map(EntityTypeBuilder<EventRow> entity, ColumnTypes types)
    {
        entity.ToTable("integration_events");
        entity.HasKey(e => e.Sequence);
        entity.Property(e => e.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        entity.Property(e => e.EventId).HasColumnName("event_id");
        entity.Property(e => e.IntegrationId).HasColumnName("integration_id");
        entity.Property(e => e.ClientId).HasColumnName("client_id");
        entity.Property(e => e.ChatId).HasColumnName("chat_id");
        types.Text(entity.Property(e => e.Type).HasColumnName("integration_type").HasConversion<IntegrationTypeConverter>(), IntegrationType.MaxLength);
        types.Text(entity.Property(e => e.Kind).HasColumnName("kind").HasConversion<EventKindConverter>(), 32);
        entity.Property(e => e.OccurredAt).HasColumnName("occurred_at");
        // Text, not jsonb: it is only ever read whole.
        entity.Property(e => e.Data).HasColumnName("data");
        entity.Property(e => e.ContactId).HasColumnName("contact_id");
        types.Text(entity.Property(e => e.DedupeKey).HasColumnName("dedupe_key"), 200);
        entity.Property(e => e.HandledBy).HasColumnName("handled_by");
        entity.Property(e => e.Attempts).HasColumnName("attempts");
        entity.Property(e => e.AvailableAt).HasColumnName("available_at");
        entity.Property(e => e.LeaseOwner).HasColumnName("lease_owner");
        entity.Property(e => e.LeaseUntil).HasColumnName("lease_until");
        entity.Property(e => e.DeliveredAt).HasColumnName("delivered_at");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(e => new { e.IntegrationId, e.EventId }).IsUnique();
        entity.HasIndex(e => new { e.IntegrationId, e.DedupeKey }).IsUnique().HasFilter("dedupe_key IS NOT NULL");
        // What is still to be told, in order, and of each integration: found without touching history.
        entity.HasIndex(e => e.Sequence).HasFilter("delivered_at IS NULL");
        entity.HasIndex(e => new { e.IntegrationId, e.Sequence }).HasFilter("delivered_at IS NULL");
        entity.HasIndex(e => e.DeliveredAt).HasFilter("delivered_at IS NOT NULL");
    }
}
