using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <content>Refreshes, in batches: one UPDATE for each token would cost more than the call to its platform.</content>
internal sealed partial class PostgreSqlDialect
{
    public override async Task<IReadOnlyList<(Guid Id, bool TookOver)>> ClaimDueAsync(DbContext db, RefreshClaim claim, CancellationToken ct)
    {
        var taken = new List<(Guid, bool)>();
        await ReadAsync(
            db, StatementsOf(db).ClaimDue,
            command =>
            {
                command.Add("owner", claim.Owner);
                command.Add("type", claim.Type.Value);
                command.Add("before", Utc(claim.DueBefore));
                command.Add("max", claim.Max);
                command.Add("lease", claim.Lease);
            },
            reader => taken.Add((reader.GetGuid(0), reader.GetBoolean(1))),
            ct);
        return taken;
    }

    public override async Task CommitRefreshesAsync(DbContext db, IReadOnlyList<RefreshEntry> group, CancellationToken ct)
    {
        var (written, recovered) = (new HashSet<Guid>(group.Count), new HashSet<Guid>());
        // A second commit for one integration waits for the next statement: an UPDATE would take one of the two at random.
        foreach (var round in Rounds(group))
        {
            written.Clear();
            recovered.Clear();
            await ReadAsync(
                db, StatementsOf(db).CommitRefreshes,
                command =>
                {
                    command.Add("ids", round.ConvertAll(e => e.Key.IntegrationId));
                    command.Add("clients", round.ConvertAll(e => e.Key.ClientId));
                    command.Add("versions", round.ConvertAll(e => e.Commit.TokenVersion));
                    command.Add("tokens", round.ConvertAll(e => e.Commit.AuthToken));
                    command.Add("refreshes", round.ConvertAll(e => e.Commit.RefreshToken));
                    command.Add("expiries", round.ConvertAll(e => Utc(e.Commit.TokenExpiresAt)));
                    command.Add("ends", round.ConvertAll(e => Utc(e.Commit.RefreshTokenExpiresAt)));
                    command.Add("consents", round.ConvertAll(e => Utc(e.Commit.ConsentExpiresAt)));
                    command.Add("dues", round.ConvertAll(e => Utc(e.Commit.RefreshDueAt)));
                    command.Add("scopes", round.ConvertAll(e => e.Commit.GrantedScopes is { } granted ? string.Join(' ', granted) : null));
                    command.Add("patches", round.ConvertAll(e => e.Commit.DetailsPatch));
                    command.Add("times", round.ConvertAll(e => Utc(e.Commit.At)));
                },
                reader =>
                {
                    written.Add(reader.GetGuid(0));
                    if (reader.GetBoolean(1))
                        recovered.Add(reader.GetGuid(0));
                },
                ct);
            foreach (var entry in round)
                entry.IsWritten = written.Contains(entry.Key.IntegrationId);
            foreach (var entry in round.Where(e => recovered.Contains(e.Key.IntegrationId)))
                await db.AddEventAsync(entry.Key, entry.Commit.RecoveredEvent, ct);
            foreach (var entry in round.Where(e => e.IsWritten))
                await db.AddEventAsync(entry.Key, entry.Commit.ScopesReducedEvent, ct);
        }
    }

    private static IEnumerable<List<RefreshEntry>> Rounds(IReadOnlyList<RefreshEntry> group)
    {
        var rest = group.OrderBy(e => e.Key.IntegrationId).ToList();
        while (rest.Count > 0)
        {
            var round = rest.DistinctBy(e => e.Key.IntegrationId).ToList();
            yield return round;
            rest = round.Count == rest.Count ? [] : [.. rest.Except(round)];
        }
    }

    private PostgreSqlStatements StatementsOf(DbContext db) => _statements.GetValue(db.Model, _ => new PostgreSqlStatements(db));

    private static DateTime? Utc(DateTime? time) => time is { } at ? Utc(at) : null;
}
