using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

/// <summary>Maps every table. Each entity has a file of its own beside this one.</summary>
internal static class IntegrationsModel
{
    public static void Apply(ModelBuilder modelBuilder, IntegrationsModelOptions options, string? provider = null)
    {
        if (options.SchemaVersion is { } version && !Enum.IsDefined(version))
            throw new ArgumentException(
                $"This package does not know schema version {(int)version}. Its latest is {Enum.GetValues<IntegrationsSchemaVersion>()[^1]}.", nameof(options));
        var types = ColumnTypes.For(modelBuilder, options.ProviderName ?? provider);
        Map<IntegrationRecord>(entity => IntegrationTable.Map(entity, types, options));
        Map<ConnectionRecord>(entity => ConnectionTable.Map(entity, types));
        Map<AccountRow>(entity => AccountTable.Map(entity, types));
        Map<ContactRecord>(entity => ContactTable.Map(entity, types));
        Map<MessageRow>(entity => MessageTable.Map(entity, types));
        Map<LaneRow>(entity => LaneTable.Map(entity, types));
        Map<ConversationRecord>(entity => ConversationTable.Map(entity, types));
        Map<ConversationMessageRow>(entity => ConversationMessageTable.Map(entity, types));
        Map<EventRow>(entity => EventTable.Map(entity, types));
        Map<PendingAuthorization>(entity => AuthorizationTable.Map(entity, types));
        Map<DataDeletion>(entity => DeletionTable.Map(entity, types));
        foreach (var type in EntityTypes)
            Naming.Apply(modelBuilder.Entity(type).Metadata, options);
        if (options.Tenant is { } client)
            TenantFilter.Apply(modelBuilder, client);

        void Map<TEntity>(Action<EntityTypeBuilder<TEntity>> map)
            where TEntity : class
        {
            var entity = modelBuilder.Entity<TEntity>();
            map(entity);
            types.Fix(entity.Metadata);
        }
    }

    /// <summary>Every entity, what others refer to first.</summary>
    public static IReadOnlyList<Type> EntityTypes { get; } =
    [
        typeof(IntegrationRecord), typeof(ConnectionRecord), typeof(AccountRow), typeof(ContactRecord),
        typeof(MessageRow), typeof(LaneRow), typeof(ConversationRecord), typeof(ConversationMessageRow), typeof(EventRow),
        typeof(PendingAuthorization),
        typeof(DataDeletion),
    ];

    /// <summary>Times come back as UTC from every database.</summary>
    public static void UseUtc<TEntity>(EntityTypeBuilder<TEntity> entity)
        where TEntity : class
    {
        foreach (var property in entity.Metadata.GetProperties().Where(p => p.ClrType == typeof(DateTime) || p.ClrType == typeof(DateTime?)).ToList())
            property.SetValueConverter(new UtcConverter());
    }

    /// <summary>What belongs to an integration goes with it when the host deletes it.</summary>
    public static void BelongsToIntegration<TEntity>(EntityTypeBuilder<TEntity> entity)
        where TEntity : class =>
        entity.HasOne<IntegrationRecord>().WithMany().HasForeignKey("IntegrationId").OnDelete(DeleteBehavior.Cascade);
}
