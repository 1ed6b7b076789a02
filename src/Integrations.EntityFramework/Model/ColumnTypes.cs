using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integrations.EntityFramework.Model;

/// <summary>
/// Column types that differ between databases. PostgreSQL gets exactly the specification's: unbounded <c>text</c> and
/// <c>jsonb</c>. Others get lengths where a column is part of an index, since SQL Server cannot index unbounded text.
/// </summary>
internal sealed class ColumnTypes
{
    private readonly HashSet<string> _bounded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _json = new(StringComparer.Ordinal);

    private ColumnTypes(bool isPostgreSql) => IsPostgreSql = isPostgreSql;

    public bool IsPostgreSql { get; }

    public static ColumnTypes For(ModelBuilder modelBuilder, string? provider) => new(provider is { } name
        ? name.StartsWith("Npgsql", StringComparison.Ordinal)
        // A model builder does not know its provider. Npgsql's first convention marks every model before OnModelCreating runs:
        // https://www.npgsql.org/efcore/modeling/generated-properties.html (default strategy: identity columns).
        : modelBuilder.Model.GetAnnotations().Any(annotation => annotation.Name.StartsWith("Npgsql:", StringComparison.Ordinal)));

    /// <summary>Text that is part of an index or key.</summary>
    public void Text<T>(PropertyBuilder<T> property, int maxLength)
    {
        _bounded.Add(property.Metadata.Name);
        property.HasMaxLength(maxLength);
    }

    public void Json(PropertyBuilder<string> property)
    {
        if (IsPostgreSql)
            _json.Add(property.Metadata.Name);
    }

    /// <summary>
    /// Says every type explicitly, after an entity is mapped: rules a host has for all its strings, dates or enums
    /// (<c>ConfigureConventions</c>) would otherwise change our columns too.
    /// </summary>
    public void Fix(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties())
        {
            if (IsPostgreSql || (StoredTypeOf(property) == typeof(string) && !_bounded.Contains(property.Name)))
                property.SetMaxLength(null);
            property.SetColumnType(IsPostgreSql ? PostgreSqlTypeOf(property) : null);
        }

        _bounded.Clear();
        _json.Clear();
    }

    private string PostgreSqlTypeOf(IReadOnlyProperty property) => _json.Contains(property.Name) ? "jsonb" : StoredTypeOf(property) switch
    {
        var t when t == typeof(Guid) => "uuid",
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "boolean",
        var t when t == typeof(DateTime) => "timestamp with time zone",
        var t when t == typeof(short) => "smallint",
        var t when t == typeof(int) => "integer",
        var t when t == typeof(long) => "bigint",
        var t => throw new InvalidOperationException($"{property.Name} has no PostgreSQL type: {t} is not one of those the tables use."),
    };

    private static Type StoredTypeOf(IReadOnlyProperty property)
    {
        // A converter given by its type has no instance before the model is finished.
        var type = property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(IntegrationType) || type == typeof(ConnectionState) || type == typeof(IntegrationEventKind) ? typeof(string) : type;
    }
}
