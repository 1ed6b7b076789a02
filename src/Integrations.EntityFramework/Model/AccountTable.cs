using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class AccountTable
{
    public static void Map(EntityTypeBuilder<AccountRow> entity, ColumnTypes types)
    {
        entity.ToTable("integration_accounts");
        entity.HasKey(a => new { a.Type, a.AccountId });
        types.Text(entity.Property(a => a.Type).HasColumnName("integration_type").HasConversion<IntegrationTypeConverter>(), IntegrationType.MaxLength);
        types.Text(entity.Property(a => a.AccountId).HasColumnName("account_id"), 200);
        entity.Property(a => a.IntegrationId).HasColumnName("integration_id");
        entity.Property(a => a.ClientId).HasColumnName("client_id");
        entity.HasIndex(a => a.IntegrationId);
        IntegrationsModel.BelongsToIntegration(entity);
    }
}
