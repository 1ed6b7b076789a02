using Microsoft.EntityFrameworkCore.Metadata;

namespace Integrations.EntityFramework.Migrations;

/// <summary>What must hold before the upgrade changes anything. Each failed check stops it and names the query that lists the rows.</summary>
internal sealed class UpgradeChecks(PostgreSqlTables tables)
{
    private readonly IReadOnlyEntityType _entity = tables.Integrations;

    /// <summary>The table is locked first, so that what was checked stays true until the upgrade commits.</summary>
    public string Statement() =>
        $"""
        DO $integrations$
        BEGIN
            IF to_regclass('{tables.Table(_entity)}') IS NULL THEN
                RAISE EXCEPTION USING MESSAGE = 'There is no table {tables.Table(_entity)} to upgrade. A new database takes create.sql, or the migration EF Core scaffolds.';
            END IF;
            LOCK TABLE {tables.Table(_entity)} IN ACCESS EXCLUSIVE MODE;
        {Check(Incomplete, "Integrations without an id, client, chat or type cannot be kept. Complete or remove the rows that this query lists")}
        {Check(Misnamed, "Integration types must be lower-case letters, digits and single dashes, such as chat-widget, at most 64. Correct the rows that this query lists")}
        {Check(Duplicates, "There is more than one integration of a client, chat and type, which the new unique constraint forbids. Keep one each of what this query lists")}
        END $integrations$
        """;

    private string Incomplete => $"SELECT * FROM {tables.Table(_entity)} WHERE {Id} IS NULL OR {Client} IS NULL OR {Chat} IS NULL OR {Type} IS NULL";

    private string Misnamed => $"SELECT {Id}, {Type} FROM {tables.Table(_entity)} WHERE {Type} !~ '^[a-z0-9]+(-[a-z0-9]+)*$' OR length({Type}) > 64";

    private string Duplicates =>
        $"SELECT {Client}, {Chat}, {Type}, count(*), array_agg({Id}) FROM {tables.Table(_entity)} GROUP BY {Client}, {Chat}, {Type} HAVING count(*) > 1";

    private string Id => Column(nameof(IntegrationRecord.IntegrationId));

    private string Client => Column(nameof(IntegrationRecord.ClientId));

    private string Chat => Column(nameof(IntegrationRecord.ChatId));

    private string Type => Column(nameof(IntegrationRecord.Type));

    private string Column(string property) => tables.Column(_entity, property);

    private static string Check(string query, string message) =>
        $"""
            IF EXISTS ({query}) THEN
                RAISE EXCEPTION USING MESSAGE = '{message}; nothing was changed: {query.Replace("'", "''", StringComparison.Ordinal)}';
            END IF;
        """;
}
