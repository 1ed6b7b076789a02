using System.Data.Common;
using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework.Sessions;

/// <summary>
/// Looks at start whether the host's context maps the tables, and whether the database has them: without it every worker reports an
/// SQL error of its own again and again, and none the migration that is missing.
/// </summary>
internal sealed class SchemaCheck(IStoreContexts contexts, ILogger<SchemaCheck> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A model without the tables is a mistake in the code, and stops the host.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.OpenAsync(cancellationToken);
        StoreDatabase.CheckModel(context.Db);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A database without the tables may get them at any moment, so it is only told. By now services of the host that migrate have done so.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience); // real time: what it bounds is a start
        try
        {
            await LookAsync(limit.Token);
        }
#pragma warning disable CA1031 // Not swallowed: logged. What only tells must not stop a host, and drivers and hosts throw what they like on opening.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SchemaNotChecked(logger, e);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LookAsync(CancellationToken ct)
    {
        await using var context = await contexts.OpenAsync(ct);
        var db = context.Db;
        await db.Database.OpenConnectionAsync(ct);
        foreach (var entity in IntegrationsModel.EntityTypes.Select(db.Model.FindEntityType).OfType<IEntityType>())
        {
            try
            {
                await using var command = db.CreateStoreCommand(NothingOf(db, entity));
                await command.ExecuteScalarAsync(ct);
            }
            // A connection that broke or was given up says nothing of the tables.
            catch (DbException e) when (!e.IsTransient && !ct.IsCancellationRequested && db.Database.GetDbConnection().State == System.Data.ConnectionState.Open)
            {
                Log.SchemaDiffers(logger, db.GetType().Name, entity.GetTableName()!, e);
                return;
            }
        }
    }

    private static string NothingOf(DbContext db, IEntityType entity)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var columns = string.Join(", ", entity.GetProperties().Select(p => sql.DelimitIdentifier(p.GetColumnName())));
        return $"SELECT {columns} FROM {sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema())} WHERE 1 = 0";
    }
}
