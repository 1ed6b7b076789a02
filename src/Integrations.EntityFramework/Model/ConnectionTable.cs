using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

internal static class ConnectionTable
{
    public static void Map(EntityTypeBuilder<ConnectionRecord> entity, ColumnTypes types)
    {
        entity.ToTable("integration_connections");
        entity.HasKey(c => c.IntegrationId);
        entity.Property(c => c.IntegrationId).HasColumnName("integration_id").ValueGeneratedNever();
        entity.Property(c => c.ClientId).HasColumnName("client_id");
        types.Text(entity.Property(c => c.State).HasColumnName("state").HasConversion<ConnectionStateConverter>(), 32);
        entity.Property(c => c.StateReason).HasColumnName("state_reason");
        entity.Property(c => c.StateSince).HasColumnName("state_since");
        entity.Property(c => c.AccountId).HasColumnName("account_id");
        entity.Property(c => c.AccountName).HasColumnName("account_name");
        types.Text(entity.Property(c => c.AuthorizedUserId).HasColumnName("authorized_user_id"), 200);
        entity.Property(c => c.GrantedScopes).HasColumnName("granted_scopes");
        entity.Property(c => c.ConfigurationVersion).HasColumnName("configuration_version");
        entity.Property(c => c.TokenVersion).HasColumnName("token_version");
        entity.Property(c => c.TokenIssuedAt).HasColumnName("token_issued_at");
        entity.Property(c => c.RefreshTokenExpiresAt).HasColumnName("refresh_token_expires_at");
        entity.Property(c => c.ConsentExpiresAt).HasColumnName("consent_expires_at");
        entity.Property(c => c.RefreshDueAt).HasColumnName("refresh_due_at");
        entity.Property(c => c.RefreshLeaseOwner).HasColumnName("refresh_lease_owner");
        entity.Property(c => c.RefreshLeaseUntil).HasColumnName("refresh_lease_until");
        entity.Property(c => c.RefreshFailureCount).HasColumnName("refresh_failure_count");
        entity.Property(c => c.RefreshFailingSince).HasColumnName("refresh_failing_since");
        entity.Property(c => c.CheckDueAt).HasColumnName("check_due_at");
        IntegrationsModel.UseUtc(entity);
        // The sweep walks this one: partial, so that integrations that never refresh cost nothing.
        entity.HasIndex(c => c.RefreshDueAt).HasFilter("refresh_due_at IS NOT NULL");
        entity.HasIndex(c => c.CheckDueAt);
        // Warnings before an end that nothing prolongs.
        entity.HasIndex(c => c.RefreshTokenExpiresAt).HasFilter("refresh_token_expires_at IS NOT NULL");
        entity.HasIndex(c => c.ConsentExpiresAt).HasFilter("consent_expires_at IS NOT NULL");
        entity.HasIndex(c => c.RefreshFailingSince).HasFilter("refresh_failing_since IS NOT NULL");
        // Empty but for what an upgrade of an older table left: the first run seals it, later ones find nothing at once.
        entity.HasIndex(c => new { c.ConfigurationVersion, c.IntegrationId }).HasFilter("configuration_version = 0");
        entity.HasIndex(c => c.AuthorizedUserId).HasFilter("authorized_user_id IS NOT NULL");
        entity.HasOne<IntegrationRecord>().WithOne().HasForeignKey<ConnectionRecord>(c => c.IntegrationId).OnDelete(DeleteBehavior.Cascade);
    }
}
