using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <summary>
/// The texts of the statements that carry many rows, made once for each model. Rows of <c>integrations</c> are written by
/// ascending id, which the index lookups of a plan follow, so that two groups do not deadlock. It is no promise of the database:
/// where it picks another plan, a deadlock is a lost race and runs again. Locking them first would be one, at half as much again.
/// </summary>
internal sealed partial class PostgreSqlStatements
{
    public PostgreSqlStatements(DbContext db)
    {
        var i = new MappedTable<IntegrationRecord>(db);
        var l = new MappedTable<LaneRow>(db);
        LockLanes = LockLanesSql(l);
        Settle = SettleSql(i, new MappedTable<MessageRow>(db));
        Touch = TouchSql(i, new MappedTable<ContactRecord>(db));
        var c = new MappedTable<ConnectionRecord>(db);
        ClaimDue = ClaimDueSql(i, c);
        CommitRefreshes = CommitRefreshesSql(i, c);
    }

    public string LockLanes { get; }

    public string Settle { get; }

    public string Touch { get; }

    public string ClaimDue { get; }

    public string CommitRefreshes { get; }

    /// <summary>One index lookup after the other, in the order given: a subquery that locks is never joined in another way.</summary>
    private static string LockLanesSql(MappedTable<LaneRow> l) =>
        $"""
        SELECT l.* FROM unnest(@lanes) AS b(lane) CROSS JOIN LATERAL (
            SELECT {l[nameof(LaneRow.Lane)]}, {l[nameof(LaneRow.Token)]}, {l[nameof(LaneRow.LeaseUntil)]} IS NOT NULL, {l[nameof(LaneRow.IntegrationId)]}
            FROM {l} WHERE {l[nameof(LaneRow.Lane)]} = b.lane FOR UPDATE) l
        """;

    /// <summary>Only pending messages: a send that its echo confirmed first is done and counted already, and stays so.</summary>
    /// <remarks>
    /// The sum keeps the planner off the index of pending messages. Statistics from a quiet moment say that it is all but empty, and
    /// then, in a burst, every settlement would read all of it.
    /// </remarks>
    private static string SettleSql(MappedTable<IntegrationRecord> i, MappedTable<MessageRow> m) =>
        $"""
        WITH batch AS (
            SELECT * FROM unnest(@ids, @integrations, @lanes, @states, @errors, @platforms, @counts)
                AS b(id, integration, lane, state, error, platform, counts)
        ), written AS (
            UPDATE {m} m SET
                {m[nameof(MessageRow.State)]} = b.state,
                {m[nameof(MessageRow.Attempts)]} = m.{m[nameof(MessageRow.Attempts)]}
                    + CASE WHEN b.state IN ({(int)MessageState.Pending}, {(int)MessageState.Failed}) THEN 1 ELSE 0 END,
                {m[nameof(MessageRow.LastError)]} = b.error,
                {m[nameof(MessageRow.PlatformMessageId)]} = COALESCE(b.platform, m.{m[nameof(MessageRow.PlatformMessageId)]}),
                {m[nameof(MessageRow.SendingSince)]} = CASE WHEN b.state = {(int)MessageState.Unknown} THEN COALESCE(m.{m[nameof(MessageRow.SendingSince)]}, now()) END,
                {m[nameof(MessageRow.SettledAt)]} = CASE WHEN b.state = {(int)MessageState.Pending} THEN m.{m[nameof(MessageRow.SettledAt)]} ELSE now() END
            FROM batch b
            WHERE m.{m[nameof(MessageRow.IntegrationId)]} = b.integration AND m.{m[nameof(MessageRow.MessageId)]} = b.id
                AND m.{m[nameof(MessageRow.Lane)]} = b.lane AND m.{m[nameof(MessageRow.State)]} + 0 = {(int)MessageState.Pending}
            RETURNING b.integration, b.counts
        )
        UPDATE {i} i SET
            {i[nameof(IntegrationRecord.MessageCount)]} = i.{i[nameof(IntegrationRecord.MessageCount)]} + c.messages,
            {i[nameof(IntegrationRecord.LastSyncedAt)]} = GREATEST(i.{i[nameof(IntegrationRecord.LastSyncedAt)]}, now())
        FROM (SELECT w.integration, count(*)::int AS messages FROM written w WHERE w.counts GROUP BY w.integration ORDER BY w.integration) c
        WHERE i.{i[nameof(IntegrationRecord.IntegrationId)]} = c.integration
        """;

    /// <summary>
    /// A row that ON CONFLICT inserted has no xmax; one that it updated was locked first and has. Where nothing new is to be said
    /// about an integration its row, which all its contacts share, is left alone.
    /// </summary>
    private static string TouchSql(MappedTable<IntegrationRecord> i, MappedTable<ContactRecord> c) =>
        $"""
        WITH batch AS (
            SELECT b.integration, b.client, b.contact, b.began, b.latest
            FROM unnest(@integrations, @clients, @contacts, @began, @latest) AS b(integration, client, contact, began, latest)
            JOIN {i} i ON i.{i[nameof(IntegrationRecord.IntegrationId)]} = b.integration AND i.{i[nameof(IntegrationRecord.ClientId)]} = b.client
        ), touched AS (
            INSERT INTO {c} AS c ({c[nameof(ContactRecord.IntegrationId)]}, {c[nameof(ContactRecord.ClientId)]}, {c[nameof(ContactRecord.ContactId)]},
                {c[nameof(ContactRecord.FirstSeenAt)]}, {c[nameof(ContactRecord.LastInboundAt)]})
            SELECT b.integration, b.client, b.contact, b.began, b.latest FROM batch b ORDER BY b.integration, b.contact COLLATE "C"
            ON CONFLICT ({c[nameof(ContactRecord.IntegrationId)]}, {c[nameof(ContactRecord.ContactId)]}) DO UPDATE
                SET {c[nameof(ContactRecord.LastInboundAt)]} = GREATEST(c.{c[nameof(ContactRecord.LastInboundAt)]}, excluded.{c[nameof(ContactRecord.LastInboundAt)]})
            RETURNING c.{c[nameof(ContactRecord.IntegrationId)]} AS integration, c.{c[nameof(ContactRecord.ClientId)]} AS client, c.{c[nameof(ContactRecord.ContactId)]} AS contact,
                c.{c[nameof(ContactRecord.FirstSeenAt)]} AS began, c.{c[nameof(ContactRecord.LastInboundAt)]} AS latest,
                c.{c[nameof(ContactRecord.WelcomedAt)]} AS welcomed, c.xmax = 0 AS is_new
        ), counted AS (
            SELECT t.integration, count(*) FILTER (WHERE t.is_new)::int AS users FROM touched t GROUP BY t.integration
        ), latest AS (
            SELECT b.integration, max(b.latest) AS at FROM batch b GROUP BY b.integration
        ), synced AS (
            UPDATE {i} i SET
                {i[nameof(IntegrationRecord.UserCount)]} = i.{i[nameof(IntegrationRecord.UserCount)]} + n.users,
                {i[nameof(IntegrationRecord.LastSyncedAt)]} = GREATEST(i.{i[nameof(IntegrationRecord.LastSyncedAt)]}, n.at)
            FROM (SELECT c.integration, c.users, t.at FROM counted c JOIN latest t ON t.integration = c.integration ORDER BY c.integration) n
            WHERE i.{i[nameof(IntegrationRecord.IntegrationId)]} = n.integration
                AND (n.users > 0 OR i.{i[nameof(IntegrationRecord.LastSyncedAt)]} IS NULL OR i.{i[nameof(IntegrationRecord.LastSyncedAt)]} < n.at)
        )
        SELECT t.client, t.integration, t.contact, t.began, t.latest, t.welcomed FROM touched t
        """;
}
