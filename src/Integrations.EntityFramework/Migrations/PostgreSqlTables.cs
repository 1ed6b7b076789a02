using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Integrations.EntityFramework.Model;

namespace Integrations.EntityFramework.Migrations;

/// <summary>
/// Writes the tables of the mapping as PostgreSQL statements, without a database provider: what <c>modelBuilder.UseIntegrations()</c>
/// maps is the one source of the scripts too.
/// </summary>
internal sealed class PostgreSqlTables
{
    private readonly IMutableModel _model;
    private readonly bool _quotesAll;
    private readonly NullabilityInfoContext _nullability = new();

    public PostgreSqlTables(IntegrationsModelOptions options)
    {
        // No conventions: everything the scripts contain is said in the mapping itself.
        var builder = new ModelBuilder();
        IntegrationsModel.Apply(builder, new IntegrationsModelOptions
        {
            ProviderName = "Npgsql", Schema = options.Schema, SchemaVersion = options.SchemaVersion, TableName = options.TableName, ColumnName = options.ColumnName,
        });
        _model = builder.Model;
        _quotesAll = options.TableName is not null || options.ColumnName is not null;
    }

    /// <summary>The tables beside <c>integrations</c>, what others refer to first.</summary>
    public IEnumerable<IReadOnlyEntityType> Neighbours => IntegrationsModel.EntityTypes.Skip(1).Select(type => _model.FindEntityType(type)!);

    public IReadOnlyEntityType Integrations => _model.FindEntityType(typeof(IntegrationRecord))!;

    /// <summary>The columns of a table in the order of the mapping.</summary>
    public static IEnumerable<IReadOnlyProperty> Columns(IReadOnlyEntityType entity) => entity.GetProperties().OrderBy(Position);

    public string Table(IReadOnlyEntityType entity) => Qualified(entity, entity.GetTableName()!);

    public string Qualified(IReadOnlyEntityType entity, string name) => (entity.GetSchema() is { } schema ? Quote(schema) + "." : "") + Quote(name);

    public string Column(IReadOnlyEntityType entity, string property) => Quote(NameOf(entity.FindProperty(property)!));

    public string Quote(string name) =>
        _quotesAll || !Regex.IsMatch(name, "^[a-z_][a-z0-9_]*$") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    public static string NameOf(IReadOnlyProperty property) => property.GetColumnName();

    public static string PrimaryKey(IReadOnlyEntityType entity) => Truncated(entity.FindPrimaryKey()!.GetName()!);

    public bool IsRequired(IReadOnlyProperty property) => property.ClrType.IsValueType
        ? Nullable.GetUnderlyingType(property.ClrType) is null
        : property.IsKey() || _nullability.Create(property.PropertyInfo!).WriteState == NullabilityState.NotNull;

    public static string TypeOf(IReadOnlyProperty property)
    {
        if (property.GetColumnType() is { } explicitly)
            return explicitly;
        var type = property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType;
        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(Guid) => "uuid",
            var t when t == typeof(string) => "text",
            var t when t == typeof(bool) => "boolean",
            var t when t == typeof(DateTime) => "timestamp with time zone",
            var t when t == typeof(short) => "smallint",
            var t when t == typeof(int) => "integer",
            var t when t == typeof(long) => "bigint",
            var t => throw new InvalidOperationException($"The scripts do not know a PostgreSQL type for {t} of {property.Name}."),
        };
    }

    public string Create(IReadOnlyEntityType entity, bool ifMissing)
    {
        var lines = Columns(entity).Select(Define).ToList();
        lines.Add($"CONSTRAINT {Quote(PrimaryKey(entity))} PRIMARY KEY ({List(entity.FindPrimaryKey()!.Properties)})");
        foreach (var key in entity.GetForeignKeys())
            lines.Add($"CONSTRAINT {Quote(Truncated(key.GetConstraintName()!))} FOREIGN KEY ({List(key.Properties)}) "
                + $"REFERENCES {Table(key.PrincipalEntityType)} ({List(key.PrincipalKey.Properties)}) ON DELETE CASCADE");
        return $"CREATE TABLE {(ifMissing ? "IF NOT EXISTS " : "")}{Table(entity)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public IEnumerable<string> CreateIndexes(IReadOnlyEntityType entity, bool ifMissing) => entity.GetIndexes()
        .OrderBy(NameOf, StringComparer.Ordinal)
        .Select(index => $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {(ifMissing ? "IF NOT EXISTS " : "")}{Quote(NameOf(index))} "
            + $"ON {Table(entity)} ({List(index.Properties)})" + (index.GetFilter() is { } filter ? $" WHERE {filter}" : ""));

    public static string NameOf(IReadOnlyIndex index) => Truncated(index.GetDatabaseName()!);

    private string Define(IReadOnlyProperty property) =>
        $"{Quote(NameOf(property))} {TypeOf(property)}"
        + (property.ValueGenerated == ValueGenerated.OnAdd ? " GENERATED BY DEFAULT AS IDENTITY" : "")
        + (IsRequired(property) ? " NOT NULL" : "");

    private string List(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(p => Quote(NameOf(p))));

    /// <summary>What EF Core does with a name longer than PostgreSQL's 63 bytes.</summary>
    private static string Truncated(string name) => name.Length <= 63 ? name : name[..62] + "~";

    // Keys first, then as declared: the order a reader of the table expects.
    private static int Position(IReadOnlyProperty property) =>
        property.PropertyInfo!.MetadataToken - (property.IsPrimaryKey() ? 1 << 24 : 0);
}
