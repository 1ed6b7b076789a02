using System.Globalization;
using Npgsql;

namespace Integrations.Benchmarks.Scale;

/// <summary>
/// A thousand messages of a thousand integrations handled, which raises a thousand counters: settled by hand in one transaction,
/// and through the inbox by a thousand workers, each with its own lane.
/// </summary>
internal static class Flush
{
    public const int Size = 1_000;

    /// <summary>Makes the messages pending again. Not measured.</summary>
    public static Task PrepareAsync(ScaleDatabase database) =>
        database.ExecuteAsync("UPDATE integration_messages SET state = 0, settled_at = NULL WHERE settled_at IS NOT NULL");

    public static async Task<bool> ByHandAsync(ScaleDatabase database)
    {
        var lanes = Lanes(database.Rows);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "SELECT 1 FROM integration_lanes WHERE lane = ANY ($1) AND token = 1 AND lease_until IS NOT NULL ORDER BY lane FOR UPDATE", (object)lanes);
        await ExecuteAsync(
            connection,
            """
            WITH done AS (
                UPDATE integration_messages m SET state = 1, settled_at = now(), last_error = NULL, sending_since = NULL
                FROM unnest($1, $2) AS b(id, lane) WHERE m.integration_id = b.id AND m.message_id = b.id AND m.lane = b.lane AND m.state + 0 = 0
                RETURNING m.integration_id
            ), counted AS (SELECT integration_id, count(*)::int AS n FROM done GROUP BY integration_id)
            UPDATE integrations i SET message_count = i.message_count + c.n, last_synced = now() FROM counted c WHERE i.integration_id = c.integration_id
            """,
            Ids(database.Rows), lanes);
        await transaction.CommitAsync();
        return true;
    }

    public static async Task<bool> ThroughInboxAsync(ScaleRows rows, IMessageInbox inbox)
    {
        var (ids, lanes) = (Ids(rows), Lanes(rows));
        var settled = await Task.WhenAll(ids.Select((id, n) => inbox.SettleAsync(
            new LaneLease { Lane = lanes[n], Token = 1, Messages = [] },
            [new MessageSettlement { MessageId = id, State = MessageState.Done, Counts = true }])));
        return settled.All(held => held);
    }

    /// <summary>Whether the integration of this number is one of the thousand.</summary>
    public static string PickedSql(string number, int count) => $"{number} % {count / Size} = 0 AND {number} < {count / Size * Size}";

    private static int Number(ScaleRows rows, int n) => n * (rows.Count / Size);

    private static string[] Lanes(ScaleRows rows) =>
        [.. Enumerable.Range(0, Size).Select(n => string.Create(CultureInfo.InvariantCulture, $"in:{Number(rows, n)}"))];

    private static Guid[] Ids(ScaleRows rows) => [.. Enumerable.Range(0, Size).Select(n => rows.Key(Number(rows, n)).IntegrationId)];

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
