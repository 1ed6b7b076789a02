using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integrations.EntityFramework.Dialects;

internal static class DbCommandExtensions
{
    /// <summary>A command on the context's open connection, inside its transaction if there is one.</summary>
    public static DbCommand CreateStoreCommand(this DbContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        if (db.Database.GetCommandTimeout() is { } timeout)
            command.CommandTimeout = timeout;
        return command;
    }

    public static DbParameter Add(this DbCommand command, string name, object? value = null)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>The quoted name of an entity's table, with its schema.</summary>
    public static string TableOf<TEntity>(this DbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        return db.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
    }

    /// <summary>The quoted names of columns of an entity, separated by commas.</summary>
    public static string ColumnsOf<TEntity>(this DbContext db, params ReadOnlySpan<string> properties)
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        var sql = db.GetService<ISqlGenerationHelper>();
        var names = new List<string>(properties.Length);
        foreach (var property in properties)
            names.Add(sql.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName()));
        return string.Join(", ", names);
    }
}
