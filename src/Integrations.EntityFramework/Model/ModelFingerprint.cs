using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Model;

/// <summary>
/// A text that is the same for settings that give the same model. Functions cannot be compared, so what they return is.
/// </summary>
internal static class ModelFingerprint
{
    private static readonly Lazy<(string[] Tables, string[] Columns)> Names = new(DefaultNames);

    public static string Of(IntegrationsModelOptions options)
    {
        var (tables, columns) = Names.Value;
        return string.Join('|', (IEnumerable<object?>)
        [
            options.ProviderName, options.Schema, options.SchemaVersion, options.Client, options.Chat,
            options.TableName is { } table ? string.Join(',', tables.Select(table)) : null,
            options.ColumnName is { } column ? string.Join(',', columns.Select(column)) : null,
        ]);
    }

    private static (string[] Tables, string[] Columns) DefaultNames()
    {
        var builder = new ModelBuilder();
        IntegrationsModel.Apply(builder, new IntegrationsModelOptions());
        var entities = builder.Model.GetEntityTypes().ToList();
        return ([.. entities.Select(e => e.GetTableName()!).Order(StringComparer.Ordinal)],
            [.. entities.SelectMany(e => e.GetProperties()).Select(p => p.GetColumnName()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
