using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Model;

internal static class AuthorizationTable
{
    public static void Map(EntityTypeBuilder<PendingAuthorization> entity, ColumnTypes types)
    {
        entity.ToTable("integration_authorizations");
        entity.HasKey(a => a.HandleHash);
        types.Text(entity.Property(a => a.HandleHash).HasColumnName("handle_hash"), 64);
        types.Text(entity.Property(a => a.Purpose).HasColumnName("purpose"), 64);
        entity.Property(a => a.ClientId).HasColumnName("client_id");
        entity.Property(a => a.ChatId).HasColumnName("chat_id");
        types.Text(entity.Property(a => a.Type).HasColumnName("integration_type").HasConversion<IntegrationTypeConverter>(), IntegrationType.MaxLength);
        entity.Property(a => a.UserBinding).HasColumnName("user_binding");
        entity.Property(a => a.BrowserHash).HasColumnName("browser_hash");
        entity.Property(a => a.ReturnPath).HasColumnName("return_path");
        entity.Property(a => a.SealedPayload).HasColumnName("sealed_payload");
        entity.Property(a => a.ExpiresAt).HasColumnName("expires_at");
        entity.Property(a => a.ConsumedAt).HasColumnName("consumed_at");
        IntegrationsModel.UseUtc(entity);
        entity.HasIndex(a => new { a.ClientId, a.ExpiresAt });
        entity.HasIndex(a => a.ExpiresAt);
    }
}
