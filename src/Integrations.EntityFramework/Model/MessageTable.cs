using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class MessageTable
{
    public static void Map(EntityTypeBuilder<MessageRow> entity, ColumnTypes types)
    {
        entity.ToTable("integration_messages");
        entity.HasKey(m => m.Sequence);
        entity.Property(m => m.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        entity.Property(m => m.MessageId).HasColumnName("message_id");
        entity.Property(m => m.IntegrationId).HasColumnName("integration_id");
        entity.Property(m => m.ClientId).HasColumnName("client_id");
        entity.Property(m => m.Direction).HasColumnName("direction").HasConversion<short>();
        types.Text(entity.Property(m => m.Lane).HasColumnName("lane"), 200);
        types.Text(entity.Property(m => m.DedupeKey).HasColumnName("dedupe_key"), 300);
        entity.Property(m => m.ContactId).HasColumnName("contact_id");
        entity.Property(m => m.Kind).HasColumnName("kind");
        // Text, not jsonb: it is only ever read whole, and jsonb refuses the \u0000 that people do send.
        entity.Property(m => m.Payload).HasColumnName("payload");
        entity.Property(m => m.State).HasColumnName("state").HasConversion<short>();
        entity.Property(m => m.Attempts).HasColumnName("attempts");
        entity.Property(m => m.ReceivedAt).HasColumnName("received_at");
        entity.Property(m => m.SendingSince).HasColumnName("sending_since");
        entity.Property(m => m.SettledAt).HasColumnName("settled_at");
        types.Text(entity.Property(m => m.PlatformMessageId).HasColumnName("platform_message_id"), 300);
        entity.Property(m => m.LastError).HasColumnName("last_error");
        entity.Property(m => m.TraceParent).HasColumnName("trace_parent");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(m => new { m.IntegrationId, m.DedupeKey }).IsUnique();
        entity.HasIndex(m => new { m.IntegrationId, m.MessageId }).IsUnique();
        // What a lane has to do, in order, found without touching history.
        entity.HasIndex(m => new { m.Lane, m.Sequence }).HasFilter($"state = {(int)MessageState.Pending}");
        entity.HasIndex(m => m.SendingSince).HasFilter($"state = {(int)MessageState.Unknown}");
        entity.HasIndex(m => new { m.IntegrationId, m.PlatformMessageId }).HasFilter("platform_message_id IS NOT NULL");
        // PostgreSQL checks a foreign key row by row, which doubles the time of a batch. Its insert joins the integration instead,
        // and a deleted integration takes its lanes along, so that what is left of its messages is never handled.
        if (!types.IsPostgreSql)
            IntegrationsModel.BelongsToIntegration(entity);
    }
}
