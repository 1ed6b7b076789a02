using Npgsql;
using NpgsqlTypes;

namespace Integrations.Benchmarks.Durable;

/// <summary>The hand-written statement: one array for each column, so that it is prepared once for any number of rows.</summary>
internal static class MessageInsert
{
    public static NpgsqlCommand For(NpgsqlConnection connection, string table)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"""
            INSERT INTO {table} (message_id, integration_id, client_id, direction, lane, dedupe_key, contact_id, kind, payload, state, attempts, received_at, trace_parent)
            SELECT m.message_id, m.integration_id, m.client_id, m.direction, m.lane, m.dedupe_key, m.contact_id, m.kind, m.payload, 0, 0, m.received_at, m.trace_parent
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                AS m(message_id, integration_id, client_id, direction, lane, dedupe_key, contact_id, kind, payload, received_at, trace_parent)
            ON CONFLICT (integration_id, dedupe_key) DO NOTHING RETURNING message_id
            """;
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Smallint, NpgsqlDbType.Text, NpgsqlDbType.Text,
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz, NpgsqlDbType.Text,
        ];
        foreach (var type in types)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        return command;
    }

    public static void Fill(NpgsqlCommand command, List<NewMessage> messages)
    {
        Set(0, m => m.Id);
        Set(1, m => m.Key.IntegrationId);
        Set(2, m => m.Key.ClientId);
        Set(3, m => (short)m.Direction);
        Set(4, m => m.Lane);
        Set(5, m => m.DedupeKey);
        Set(6, m => m.ContactId);
        Set(7, m => m.Kind);
        Set(8, m => m.Payload);
        Set(9, m => m.ReceivedAt);
        Set(10, m => m.TraceParent);

        void Set<T>(int index, Func<NewMessage, T> value)
        {
            var values = new T[messages.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = value(messages[i]);
            command.Parameters[index].Value = values;
        }
    }
}
