using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Dialects;

/// <summary>
/// SQLite: statements run in-process, so a batch is two prepared ones run for each message inside one transaction, which is
/// where the time goes. EF Core begins it as BEGIN IMMEDIATE: a read that later writes cannot deadlock.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    private readonly ConditionalWeakTable<IModel, MessageColumns> _columns = [];

    public override bool HasSingleWriter => true;

    public override async Task<HashSet<Guid>> InsertAsync(DbContext db, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        var c = _columns.GetValue(db.Model, _ => new MessageColumns(db));
        await using var insert = db.CreateStoreCommand(
            $"""
            INSERT INTO {c.Messages} ({c.Inserted})
            SELECT @id, i.{c.IntegrationId}, i.{c.ClientId}, @direction, @lane, @key, @contact, @kind, @payload, 0, 0, @time, @trace
            FROM {c.Integrations} i WHERE i.{c.IntegrationId} = @integration AND i.{c.ClientId} = @client
            ON CONFLICT DO NOTHING
            """);
        // The text EF Core translates DateTime.UtcNow to, so that both compare.
        await using var due = db.CreateStoreCommand(
            $"""
            INSERT INTO {c.Lanes} AS l ({c.InsertedLane})
            VALUES (@lane, @integration, rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.'), 0)
            ON CONFLICT ({c.Lane}) DO UPDATE SET {c.DueAt} = excluded.{c.DueAt} WHERE l.{c.DueAt} IS NULL
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
