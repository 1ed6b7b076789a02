using System.Runtime.CompilerServices;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Dialects;

/// <summary>PostgreSQL: the whole batch is one statement with one text, whatever its size, so that plans are reused.</summary>
internal sealed partial class PostgreSqlDialect : SqlDialect
{
    private readonly ConditionalWeakTable<IModel, string> _insertSql = [];
    private readonly ConditionalWeakTable<IModel, PostgreSqlStatements> _statements = [];

    public override bool InsertNeedsTransaction => false;

    public override async Task<HashSet<Guid>> InsertAsync(DbContext db, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.CreateStoreCommand(_insertSql.GetValue(db.Model, _ => InsertSql(db)));
            command.Add("ids", messages.Select(m => m.Id).ToArray());
            command.Add("integrations", messages.Select(m => m.Key.IntegrationId).ToArray());
            command.Add("clients", messages.Select(m => m.Key.ClientId).ToArray());
            command.Add("directions", messages.Select(m => (short)m.Direction).ToArray());
            command.Add("lanes", messages.Select(m => m.Lane).ToArray());
            command.Add("keys", messages.Select(m => m.DedupeKey).ToArray());
            command.Add("contacts", messages.Select(m => m.ContactId).ToArray());
            command.Add("kinds", messages.Select(m => m.Kind).ToArray());
            command.Add("payloads", messages.Select(m => m.Payload).ToArray());
            command.Add("times", messages.Select(m => DateTime.SpecifyKind(m.ReceivedAt, DateTimeKind.Utc)).ToArray());
            command.Add("traces", messages.Select(m => m.TraceParent).ToArray());
            var stored = new HashSet<Guid>(messages.Count);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                stored.Add(reader.GetGuid(0));
            return stored;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Lanes that someone stores for, settles or leases right now are left out: they come with the next poll, and a worker that
    /// takes many lanes at once cannot deadlock with a batch that stores for many.
    /// </summary>
    public override async Task<IReadOnlyList<string>> HoldAsync(DbContext db, IReadOnlyList<string> lanes, CancellationToken ct)
    {
        var (lane, due) = (db.ColumnsOf<LaneRow>(nameof(LaneRow.Lane)), db.ColumnsOf<LaneRow>(nameof(LaneRow.DueAt)));
#pragma warning disable EF1002 // The names of the table and its columns.
        return await db.Database.SqlQueryRaw<string>(
            $"SELECT {lane} FROM {db.TableOf<LaneRow>()} WHERE {lane} = ANY ({{0}}) AND {due} <= now() ORDER BY {due} FOR UPDATE SKIP LOCKED",
            [lanes.ToArray()]).ToListAsync(ct);
#pragma warning restore EF1002
    }

    /// <summary>Unique violation, serialisation failure, deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
    public override bool IsLostRace(Exception exception) => DatabaseError(exception)?.SqlState is "23505" or "40001" or "40P01";

    // COLLATE "C" is .NET's ordinal order: every writer must lock lanes in the same one. A lane that is due already is locked
    // and not written (the WHERE of DO UPDATE), so that one busy conversation costs no dead row per message.
    private static string InsertSql(DbContext db)
    {
        var c = new MessageColumns(db);
        return
            $"""
            WITH batch AS (
                SELECT * FROM unnest(@ids, @integrations, @clients, @directions, @lanes, @keys, @contacts, @kinds, @payloads, @times, @traces)
                    WITH ORDINALITY AS b(id, integration, client, direction, lane, dedupe, contact, kind, payload, received, trace, position)
            ), stored AS (
                INSERT INTO {c.Messages} ({c.Inserted})
                SELECT b.id, b.integration, b.client, b.direction, b.lane, b.dedupe, b.contact, b.kind, b.payload, 0, 0, b.received, b.trace
                FROM batch b JOIN {c.Integrations} i ON i.{c.IntegrationId} = b.integration AND i.{c.ClientId} = b.client
                ORDER BY b.position
                ON CONFLICT DO NOTHING
                RETURNING {c.MessageId} AS id, {c.MessageIntegration} AS integration, {c.MessageLane} AS lane
            ), due AS (
                INSERT INTO {c.Lanes} AS l ({c.InsertedLane})
                SELECT DISTINCT ON (s.lane COLLATE "C") s.lane, s.integration, now(), 0 FROM stored s ORDER BY s.lane COLLATE "C"
                ON CONFLICT ({c.Lane}) DO UPDATE SET {c.DueAt} = excluded.{c.DueAt} WHERE l.{c.DueAt} IS NULL
            )
            SELECT id FROM stored
            """;
    }
}
