using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Model;

/// <summary>Gives a mapped entity the host's schema and names. The mappings themselves use those of the specification.</summary>
internal static class Naming
{
    public static void Apply(IMutableEntityType entity, IntegrationsModelOptions options)
    {
        if (options.Schema is { } schema)
            entity.SetSchema(schema);
        if (options.TableName is { } table)
            entity.SetTableName(table(entity.GetTableName()!));
        if (options.ColumnName is not { } column)
            return;
        var renamed = entity.GetProperties().ToDictionary(p => p.GetColumnName(), p => column(p.GetColumnName()), StringComparer.Ordinal);
        foreach (var property in entity.GetProperties())
            property.SetColumnName(renamed[property.GetColumnName()]);
        // Filters are SQL and written with the names of the specification. All three databases take double quotes.
        foreach (var index in entity.GetIndexes())
            if (index.GetFilter() is { } filter)
                index.SetFilter(Regex.Replace(filter, "[a-z_]+", word => renamed.TryGetValue(word.Value, out var name) ? $"\"{name}\"" : word.Value));
    }
}
