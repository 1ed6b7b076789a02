using System.Data.Common;
using System.Globalization;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <summary>
/// SQLite: statements run in-process, so a batch is two prepared ones run for each message inside one transaction, which is
/// where the time goes. EF Core begins it as BEGIN IMMEDIATE: a read that later writes cannot deadlock.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override bool HasSingleWriter => true;

    public override async Task<HashSet<Guid>> InsertAsync(DbContext db, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        await using var insert = db.CreateStoreCommand(
            $"""
            INSERT INTO {db.TableOf<MessageRow>()} (message_id, integration_id, client_id, direction, lane, dedupe_key, contact_id, kind,
                payload, state, attempts, received_at, trace_parent)
            SELECT @id, i.integration_id, i.client_id, @direction, @lane, @key, @contact, @kind, @payload, 0, 0, @time, @trace
            FROM {db.TableOf<IntegrationRecord>()} i WHERE i.integration_id = @integration AND i.client_id = @client
            ON CONFLICT DO NOTHING
            """);
        // The text EF Core translates DateTime.UtcNow to, so that both compare.
        await using var due = db.CreateStoreCommand(
            $"""
            INSERT INTO {db.TableOf<LaneRow>()} AS l (lane, integration_id, due_at, token)
            VALUES (@lane, @integration, rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.'), 0)
            ON CONFLICT (lane) DO UPDATE SET due_at = excluded.due_at WHERE l.due_at IS NULL
            """);
        foreach (var name in (string[])["id", "integration", "client", "direction", "lane", "key", "contact", "kind", "payload", "time", "trace"])
            insert.Add(name);
        due.Add("lane");
        due.Add("integration");
        var stored = new HashSet<Guid>(messages.Count);
        foreach (var message in messages)
        {
            Bind(insert, message);
            if (await insert.ExecuteNonQueryAsync(ct) == 0)
                continue;
            stored.Add(message.Id);
            due.Parameters[0].Value = message.Lane;
            due.Parameters[1].Value = message.Key.IntegrationId;
            await due.ExecuteNonQueryAsync(ct);
        }

        return stored;
    }

    /// <summary>
    /// SQLITE_BUSY and SQLITE_LOCKED (https://www.sqlite.org/rescode.html), and a key another process inserted. Microsoft.Data.Sqlite
    /// carries codes only on its own exception type, which this package does not reference; its message begins with the code.
    /// </summary>
    public override bool IsLostRace(Exception exception) => DatabaseError(exception)?.Message is { } message
        && (message.StartsWith("SQLite Error 5:", StringComparison.Ordinal)
            || message.StartsWith("SQLite Error 6:", StringComparison.Ordinal)
            || message.StartsWith("SQLite Error 19: 'UNIQUE", StringComparison.Ordinal));

    private static void Bind(DbCommand insert, NewMessage message)
    {
        object?[] values =
        [
            message.Id, message.Key.IntegrationId, message.Key.ClientId, (int)message.Direction, message.Lane, message.DedupeKey,
            message.ContactId, message.Kind, message.Payload,
            message.ReceivedAt.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), message.TraceParent,
        ];
        for (var i = 0; i < values.Length; i++)
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
