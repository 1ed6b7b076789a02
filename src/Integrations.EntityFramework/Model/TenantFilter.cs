using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Model;

/// <summary>Narrows the entities a host can query to one client.</summary>
internal static class TenantFilter
{
    public static void Apply(ModelBuilder modelBuilder, Expression<Func<Guid>> client)
    {
        if (!RefersToContext(client.Body))
            throw new ArgumentException($"'{client}' must be a property or field of the context itself: EF Core would read anything else once and keep it for all tenants.");
        foreach (var type in (Type[])[typeof(IntegrationRecord), typeof(ConnectionRecord), typeof(ContactRecord), typeof(ConversationRecord), typeof(PendingAuthorization)])
        {
            var row = Expression.Parameter(type, "row");
            var filter = Expression.Lambda(Expression.Equal(Expression.Property(row, nameof(IntegrationRecord.ClientId)), client.Body), row);
            modelBuilder.Entity(type).HasQueryFilter(IntegrationsModelOptions.TenantFilterName, filter);
        }
    }

    private static bool RefersToContext(Expression body) => body switch
    {
        MemberExpression { Expression: ConstantExpression { Value: DbContext } } => true,
        MemberExpression { Expression: { } inner } => RefersToContext(inner),
        _ => false,
    };
}
