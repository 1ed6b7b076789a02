using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

/// <summary><c>integrations</c>: exactly the eighteen columns of the specification.</summary>
internal static class IntegrationTable
{
    public static void Map(EntityTypeBuilder<IntegrationRecord> entity, ColumnTypes types, IntegrationsModelOptions options)
    {
        entity.ToTable("integrations");
        entity.HasKey(i => i.IntegrationId);
        entity.Ignore(i => i.Key);
        entity.Property(i => i.IntegrationId).HasColumnName("integration_id").ValueGeneratedNever();
        entity.Property(i => i.ClientId).HasColumnName("client_id");
        entity.Property(i => i.ChatId).HasColumnName("chat_id");
        types.Text(entity.Property(i => i.Type).HasColumnName("integration_type").HasConversion<IntegrationTypeConverter>(), IntegrationType.MaxLength);
        entity.Property(i => i.IsLive).HasColumnName("status");
        entity.Property(i => i.CreatedAt).HasColumnName("created_at");
        entity.Property(i => i.UpdatedAt).HasColumnName("updated_at");
        entity.Property(i => i.LastSyncedAt).HasColumnName("last_synced");
        entity.Property(i => i.AuthToken).HasColumnName("auth_token");
        entity.Property(i => i.RefreshToken).HasColumnName("refresh_token");
        entity.Property(i => i.TokenExpiresAt).HasColumnName("token_expires_at");
        types.Json(entity.Property(i => i.Details).HasColumnName("integration_details"));
        entity.Property(i => i.LastError).HasColumnName("last_error");
        entity.Property(i => i.ErrorCount).HasColumnName("error_count");
        entity.Property(i => i.IsActive).HasColumnName("is_active");
        entity.Property(i => i.DeployedAt).HasColumnName("deployment_date");
        entity.Property(i => i.MessageCount).HasColumnName("message_count");
        entity.Property(i => i.UserCount).HasColumnName("user_count");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(i => new { i.ClientId, i.ChatId, i.Type }).IsUnique();
        // Warnings before an end that nothing prolongs: only a window of a few days of one platform is ever read.
        entity.HasIndex(i => new { i.Type, i.TokenExpiresAt }).HasFilter("token_expires_at IS NOT NULL");
        Refer(entity, options.Client, nameof(IntegrationRecord.ClientId));
        Refer(entity, options.Chat, nameof(IntegrationRecord.ChatId));
    }

    private static void Refer(EntityTypeBuilder entity, HostReference? reference, string property)
    {
        if (reference is null)
            return;
        var relation = entity.HasOne(reference.Entity, navigationName: null).WithMany().HasForeignKey(property).OnDelete(reference.OnDelete);
        if (reference.KeyProperty is { } key)
            relation.HasPrincipalKey(key);
    }
}
