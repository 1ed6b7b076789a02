using System.Runtime.CompilerServices;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Records;

/// <summary>
/// The lookups of every webhook and every send, compiled: they cost an eighth of the memory of a query that EF Core looks up in
/// its cache. One set per model, since a compiled query serves one model only.
/// </summary>
internal sealed class LookupQueries
{
    private readonly ConditionalWeakTable<IModel, Compiled> _compiled = [];

    public Compiled For(DbContext db) => _compiled.GetValue(db.Model, static _ => new Compiled());

    internal sealed class Compiled
    {
        public Func<DbContext, Guid, Guid, CancellationToken, Task<StoredIntegration?>> ByKey { get; } =
            EF.CompileAsyncQuery((DbContext db, Guid clientId, Guid integrationId, CancellationToken ct) => (
                from i in db.Set<IntegrationRecord>().IgnoreQueryFilters().AsNoTracking()
                join c in db.Set<ConnectionRecord>().AsNoTracking() on i.IntegrationId equals c.IntegrationId
                where i.IntegrationId == integrationId && i.ClientId == clientId
                select new StoredIntegration { Record = i, Connection = c }).SingleOrDefault());

        public Func<DbContext, Guid, Guid, IntegrationType, CancellationToken, Task<StoredIntegration?>> ByNaturalKey { get; } =
            EF.CompileAsyncQuery((DbContext db, Guid clientId, Guid chatId, IntegrationType type, CancellationToken ct) => (
                from i in db.Set<IntegrationRecord>().IgnoreQueryFilters().AsNoTracking()
                join c in db.Set<ConnectionRecord>().AsNoTracking() on i.IntegrationId equals c.IntegrationId
                where i.ClientId == clientId && i.ChatId == chatId && i.Type == type
                select new StoredIntegration { Record = i, Connection = c }).SingleOrDefault());

        public Func<DbContext, IntegrationType, string, CancellationToken, Task<AccountRow?>> Owner { get; } =
            EF.CompileAsyncQuery((DbContext db, IntegrationType type, string accountId, CancellationToken ct) =>
                db.Set<AccountRow>().AsNoTracking().SingleOrDefault(a => a.Type == type && a.AccountId == accountId));

        /// <summary>A page of a client's integrations. The id that none is less than is where the first page begins.</summary>
        public Func<DbContext, Guid, Guid, int, IAsyncEnumerable<StoredIntegration>> Page { get; } =
            EF.CompileAsyncQuery((DbContext db, Guid clientId, Guid after, int limit) =>
                db.Set<IntegrationRecord>().IgnoreQueryFilters().AsNoTracking().Where(i => i.ClientId == clientId && i.IntegrationId > after)
                    .OrderBy(i => i.IntegrationId).Take(limit)
                    .Join(
                        db.Set<ConnectionRecord>().AsNoTracking(), i => i.IntegrationId, c => c.IntegrationId,
                        (i, c) => new StoredIntegration { Record = i, Connection = c })
                    .OrderBy(s => s.Record.IntegrationId).AsQueryable());
    }
}
