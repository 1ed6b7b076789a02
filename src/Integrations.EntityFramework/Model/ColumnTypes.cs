using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

/// <summary>
/// Column types that differ between databases. PostgreSQL gets exactly the specification's: unbounded <c>text</c> and
/// <c>jsonb</c>. Others get lengths where a column is part of an index, since SQL Server cannot index unbounded text.
/// </summary>
internal sealed class ColumnTypes
{
    private ColumnTypes(bool isPostgreSql) => IsPostgreSql = isPostgreSql;

    public bool IsPostgreSql { get; }

    public static ColumnTypes For(ModelBuilder modelBuilder, string? provider) => new(provider is { } name
        ? name.StartsWith("Npgsql", StringComparison.Ordinal)
        // A model builder does not know its provider. Npgsql's first convention marks every model before OnModelCreating runs:
        // https://www.npgsql.org/efcore/modeling/generated-properties.html (default strategy: identity columns).
        : modelBuilder.Model.GetAnnotations().Any(annotation => annotation.Name.StartsWith("Npgsql:", StringComparison.Ordinal)));

    public PropertyBuilder<T> Text<T>(PropertyBuilder<T> property, int maxLength) =>
        IsPostgreSql ? property.HasColumnType("text") : property.HasMaxLength(maxLength);

    public PropertyBuilder<string> Json(PropertyBuilder<string> property) =>
        IsPostgreSql ? property.HasColumnType("jsonb") : property;
}
