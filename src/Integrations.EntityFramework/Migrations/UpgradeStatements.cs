using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Migrations;

/// <summary>
/// The statements that make the tables, upgrade the 7-column table of the specification, and take that back. PostgreSQL.
/// Each list is for one transaction; the upgrade and the downgrade may run again at any time.
/// </summary>
internal sealed class UpgradeStatements
{
    private static readonly string[] OldProperties =
    [
        nameof(IntegrationRecord.IntegrationId), nameof(IntegrationRecord.ClientId), nameof(IntegrationRecord.ChatId), nameof(IntegrationRecord.Type),
        nameof(IntegrationRecord.IsLive), nameof(IntegrationRecord.LastSyncedAt), nameof(IntegrationRecord.Details),
    ];

    private readonly PostgreSqlTables _tables;
    private readonly IReadOnlyEntityType _entity;
    private readonly string _table;

    public UpgradeStatements(IntegrationsModelOptions options)
    {
        _tables = new PostgreSqlTables(options);
        _entity = _tables.Integrations;
        _table = _tables.Table(_entity);
    }

    private List<IReadOnlyProperty> Added => [.. PostgreSqlTables.Columns(_entity).Where(p => !OldProperties.Contains(p.Name))];

    public IReadOnlyList<string> Create() =>
        [.. _tables.Neighbours.Prepend(_entity).SelectMany(e => _tables.CreateIndexes(e, ifMissing: false).Prepend(_tables.Create(e, ifMissing: false)))];

    public IReadOnlyList<string> Upgrade() =>
    [
        new UpgradeChecks(_tables).Statement(),
        // A column that exists already is an earlier run's: its values stay.
        $"ALTER TABLE {_table}\n    {string.Join(",\n    ", Added.Select(p => $"ADD COLUMN IF NOT EXISTS {Quoted(p)} {PostgreSqlTables.TypeOf(p)}"))}",
        ConvertLastSynced("'date', 'timestamp without time zone'", "timestamp with time zone", $"{Column(nameof(IntegrationRecord.LastSyncedAt))}::timestamp AT TIME ZONE 'UTC'"),
        CheckTypes(),
        Fill(),
        $"ALTER TABLE {_table}\n    {string.Join(",\n    ", PostgreSqlTables.Columns(_entity).Where(_tables.IsRequired).Select(p => $"ALTER COLUMN {Quoted(p)} SET NOT NULL"))}",
        NamePrimaryKey(),
        .. _tables.CreateIndexes(_entity, ifMissing: true),
        .. _tables.Neighbours.SelectMany(e => _tables.CreateIndexes(e, ifMissing: true).Prepend(_tables.Create(e, ifMissing: true))),
        AddConnections(),
    ];

    public IReadOnlyList<string> Downgrade() =>
    [
        .. _tables.Neighbours.Reverse().Select(e => $"DROP TABLE IF EXISTS {_tables.Table(e)}"),
        .. _entity.GetIndexes().Select(index => $"DROP INDEX IF EXISTS {_tables.Qualified(_entity, PostgreSqlTables.NameOf(index))}"),
        $"ALTER TABLE {_table}\n    {string.Join(",\n    ", Added.Select(p => $"DROP COLUMN IF EXISTS {Quoted(p)}"))}",
        ConvertLastSynced("'timestamp with time zone'", "date", $"({Column(nameof(IntegrationRecord.LastSyncedAt))} AT TIME ZONE 'UTC')::date"),
        $"ALTER TABLE {_table}\n    ALTER COLUMN {Column(nameof(IntegrationRecord.IsLive))} DROP NOT NULL,\n    ALTER COLUMN {Column(nameof(IntegrationRecord.Details))} DROP NOT NULL",
    ];

    private string Fill()
    {
        var synced = Column(nameof(IntegrationRecord.LastSyncedAt));
        var values = PostgreSqlTables.Columns(_entity).Where(_tables.IsRequired).Select(p => (Name: Quoted(p), Value: p.Name switch
        {
            nameof(IntegrationRecord.IsLive) or nameof(IntegrationRecord.IsActive) => "false",
            nameof(IntegrationRecord.Details) => "'{}'",
            // The earliest moment the row is known to have existed. LEAST skips nulls.
            nameof(IntegrationRecord.CreatedAt) => $"LEAST({synced}, now())",
            nameof(IntegrationRecord.UpdatedAt) => "now()",
            nameof(IntegrationRecord.ErrorCount) or nameof(IntegrationRecord.MessageCount) or nameof(IntegrationRecord.UserCount) => "0",
            _ => null,
        })).Where(v => v.Value is not null).ToList();
        return $"UPDATE {_table} SET\n    {string.Join(",\n    ", values.Select(v => $"{v.Name} = COALESCE({v.Name}, {v.Value})"))}\n"
            + $"WHERE {string.Join(" OR ", values.Select(v => $"{v.Name} IS NULL"))}";
    }

    private string ConvertLastSynced(string from, string to, string expression) =>
        $"""
        DO $integrations$
        BEGIN
            IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = '{_table}'::regclass
                    AND attname = '{Name(nameof(IntegrationRecord.LastSyncedAt))}' AND format_type(atttypid, NULL) IN ({from})) THEN
                ALTER TABLE {_table} ALTER COLUMN {Column(nameof(IntegrationRecord.LastSyncedAt))} TYPE {to} USING {expression};
            END IF;
        END $integrations$
        """;

    /// <summary>Later migrations of EF Core find the key by the name it gives one.</summary>
    private string NamePrimaryKey() =>
        $"""
        DO $integrations$
        DECLARE present name;
        BEGIN
            SELECT conname INTO present FROM pg_constraint WHERE conrelid = '{_table}'::regclass AND contype = 'p';
            IF present IS NULL THEN
                ALTER TABLE {_table} ADD CONSTRAINT {_tables.Quote(PostgreSqlTables.PrimaryKey(_entity))} PRIMARY KEY ({Column(nameof(IntegrationRecord.IntegrationId))});
            ELSIF present <> '{PostgreSqlTables.PrimaryKey(_entity)}' THEN
                EXECUTE format('ALTER TABLE {_table} RENAME CONSTRAINT %I TO {_tables.Quote(PostgreSqlTables.PrimaryKey(_entity))}', present);
            END IF;
        END $integrations$
        """;

    /// <summary>
    /// Nobody is connected by a row alone: every integration starts as pending. Configuration version 0 says that this SDK has not
    /// written the row yet, which is how the first run finds tokens that still lie in the details as plain text.
    /// </summary>
    private string AddConnections()
    {
        var connections = _tables.Neighbours.First();
        var columns = PostgreSqlTables.Columns(connections).Where(_tables.IsRequired).Select(p => (Name: Quoted(p), Value: p.Name switch
        {
            nameof(ConnectionRecord.IntegrationId) => Column(nameof(IntegrationRecord.IntegrationId)),
            nameof(ConnectionRecord.ClientId) => Column(nameof(IntegrationRecord.ClientId)),
            nameof(ConnectionRecord.State) => "'pending'",
            nameof(ConnectionRecord.StateSince) => "now()",
            nameof(ConnectionRecord.GrantedScopes) => "''",
            _ => "0",
        })).ToList();
        return $"INSERT INTO {_tables.Table(connections)} ({string.Join(", ", columns.Select(c => c.Name))})\n"
            + $"SELECT {string.Join(", ", columns.Select(c => c.Value))} FROM {_table}\nON CONFLICT DO NOTHING";
    }

    /// <summary>A host's own column of a new name would otherwise pass for ours.</summary>
    private string CheckTypes() =>
        $"""
        DO $integrations$
        DECLARE wrong text;
        BEGIN
            SELECT string_agg(format('%s is %s instead of %s', e.name, coalesce(format_type(a.atttypid, NULL), 'missing'), e.type), ', ') INTO wrong
            FROM (VALUES {string.Join(", ", PostgreSqlTables.Columns(_entity).Select(p => $"('{PostgreSqlTables.NameOf(p)}', '{PostgreSqlTables.TypeOf(p)}')"))}) AS e(name, type)
            LEFT JOIN pg_attribute a ON a.attrelid = '{_table}'::regclass AND a.attname = e.name AND NOT a.attisdropped
            WHERE format_type(a.atttypid, NULL) IS DISTINCT FROM e.type;
            IF wrong IS NOT NULL THEN
                RAISE EXCEPTION USING MESSAGE = 'Columns of {_table} have other types than the specification; nothing was changed: ' || wrong;
            END IF;
        END $integrations$
        """;

    private string Column(string property) => _tables.Column(_entity, property);

    private string Name(string property) => PostgreSqlTables.NameOf(_entity.FindProperty(property)!);

    private string Quoted(IReadOnlyProperty property) => _tables.Quote(PostgreSqlTables.NameOf(property));
}
