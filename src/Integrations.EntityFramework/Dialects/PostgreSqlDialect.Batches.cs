using System.Data.Common;
using Integrations.EntityFramework.Contacts;
using Integrations.EntityFramework.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <content>What is many statements with LINQ: here one round trip whatever the number of rows.</content>
internal sealed partial class PostgreSqlDialect
{
    public override bool TouchNeedsTransaction => false;

    public override bool ClaimDueNeedsTransaction => false;

    public override async Task SettleAsync(DbContext db, IReadOnlyList<LaneSettlement> group, CancellationToken ct)
    {
        var statements = _statements.GetValue(db.Model, _ => new PostgreSqlStatements(db));
        await LockAsync(db, statements, group, ct);
        var held = group.Where(s => s.IsHeld).ToList();
        var rows = held.SelectMany(s => s.Messages.Select(m => (s.Lease.Lane, s.IntegrationId, Message: m))).ToList();
        if (rows.Count == 0)
            return;
        await using var command = db.CreateStoreCommand(statements.Settle);
        command.Add("ids", rows.ConvertAll(r => r.Message.MessageId));
        command.Add("integrations", rows.ConvertAll(r => r.IntegrationId));
        command.Add("lanes", rows.ConvertAll(r => r.Lane));
        command.Add("states", rows.ConvertAll(r => (short)r.Message.State));
        command.Add("errors", rows.ConvertAll(r => r.Message.Error));
        command.Add("platforms", rows.ConvertAll(r => r.Message.PlatformMessageId));
        command.Add("counts", rows.ConvertAll(r => r.Message.Counts));
        await command.ExecuteNonQueryAsync(ct);
        var followUps = rows.SelectMany(r => r.Message.FollowUps).ToList();
        if (followUps.Count > 0)
            await InsertAsync(db, followUps, ct);
        await Settlements.AddEventsAsync(db, held, ct);
    }

    public override async Task TouchAsync(DbContext db, IReadOnlyList<ContactTouch> touches, CancellationToken ct)
    {
        var sql = _statements.GetValue(db.Model, _ => new PostgreSqlStatements(db)).Touch;
        var found = touches.ToDictionary(t => (t.Key, t.ContactId));
        await ReadAsync(
            db, sql,
            command =>
            {
                command.Add("integrations", touches.Select(t => t.Key.IntegrationId).ToArray());
                command.Add("clients", touches.Select(t => t.Key.ClientId).ToArray());
                command.Add("contacts", touches.Select(t => t.ContactId).ToArray());
                command.Add("began", touches.Select(t => Utc(t.FirstAt)).ToArray());
                command.Add("latest", touches.Select(t => Utc(t.LastAt)).ToArray());
            },
            reader =>
            {
                var touch = found[(new IntegrationKey(reader.GetGuid(0), reader.GetGuid(1)), reader.GetString(2))];
                touch.Contact = new ContactRecord
                {
                    IntegrationId = touch.Key.IntegrationId,
                    ClientId = touch.Key.ClientId,
                    ContactId = touch.ContactId,
                    FirstSeenAt = reader.GetDateTime(3),
                    LastInboundAt = reader.GetDateTime(4),
                    WelcomedAt = reader.IsDBNull(5) ? null : reader.GetDateTime(5),
                };
            },
            ct);
    }

    /// <summary>Holds the lanes, and those that follow-ups go to, in the order in which everyone locks lanes.</summary>
    private static async Task LockAsync(DbContext db, PostgreSqlStatements statements, IReadOnlyList<LaneSettlement> group, CancellationToken ct)
    {
        var leased = new Dictionary<string, (long Token, Guid IntegrationId)>(StringComparer.Ordinal);
        await ReadAsync(
            db, statements.LockLanes,
            command => command.Add(
                "lanes", group.Select(s => s.Lease.Lane).Concat(group.SelectMany(s => s.Messages).SelectMany(m => m.FollowUps).Select(f => f.Lane)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()),
            reader =>
            {
                if (reader.GetBoolean(2))
                    leased[reader.GetString(0)] = (reader.GetInt64(1), reader.GetGuid(3));
            },
            ct);
        foreach (var settlement in group)
        {
            settlement.IsHeld = leased.TryGetValue(settlement.Lease.Lane, out var lane) && lane.Token == settlement.Lease.Token;
            settlement.IntegrationId = lane.IntegrationId;
        }
    }

    private static async Task ReadAsync(DbContext db, string sql, Action<DbCommand> bind, Action<DbDataReader> read, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.CreateStoreCommand(sql);
            bind(command);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                read(reader);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
