using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integrations.EntityFramework.Dialects;

/// <summary>The quoted names of an entity's table and columns, as the host's model has them. Use once for each model.</summary>
internal sealed class MappedTable<TEntity>(DbContext db)
{
    private readonly IEntityType _entity = db.Model.FindEntityType(typeof(TEntity))!;
    private readonly ISqlGenerationHelper _sql = db.GetService<ISqlGenerationHelper>();

    /// <summary>The column of a property.</summary>
    public string this[string property] => _sql.DelimitIdentifier(_entity.FindProperty(property)!.GetColumnName());

    /// <summary>A value of a property as an SQL literal of the type it is stored with.</summary>
    public string Literal(string property, object value) => _entity.FindProperty(property)!.GetRelationalTypeMapping().GenerateSqlLiteral(value);

    public override string ToString() => _sql.DelimitIdentifier(_entity.GetTableName()!, _entity.GetSchema());
}
