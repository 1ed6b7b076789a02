using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Model;

/// <summary>A foreign key from <c>integrations</c> to an entity of the host.</summary>
internal sealed record HostReference(Type Entity, string? KeyProperty, DeleteBehavior OnDelete)
{
    public static HostReference To<TEntity>(Expression<Func<TEntity, object?>>? key, DeleteBehavior onDelete) =>
        new(typeof(TEntity), key is null ? null : PropertyName(key.Body), onDelete);

    // A Guid in an object-typed lambda arrives boxed: c => (object)c.Id.
    private static string PropertyName(Expression body) => body switch
    {
        MemberExpression member => member.Member.Name,
        UnaryExpression { Operand: MemberExpression member } => member.Member.Name,
        _ => throw new ArgumentException($"'{body}' is not a property. Name the key, for example c => c.Id.", nameof(body)),
    };
}
