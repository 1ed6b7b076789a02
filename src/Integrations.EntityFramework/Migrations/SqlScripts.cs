using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Migrations;

/// <summary>The scripts of <c>docs/sql/postgresql</c>: the statements of the migration helper, each list in one transaction.</summary>
internal static class SqlScripts
{
    public static IReadOnlyDictionary<string, string> All(IntegrationsModelOptions options)
    {
        var statements = new UpgradeStatements(options);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["create.sql"] = Script("Makes the tables of Integrations in a database that has none of them.", statements.Create()),
            ["upgrade.sql"] = Script(
                "Upgrades the 7-column table integrations in place. May run again. Stop every writer first, and keep a backup: see docs/schema.md.",
                statements.Upgrade()),
            ["downgrade.sql"] = Script(
                "Takes the upgrade back: the 7 columns keep their values; connections, contacts and messages are dropped. See docs/schema.md.",
                statements.Downgrade()),
        };
    }

    private static string Script(string purpose, IReadOnlyList<string> statements) =>
        $"-- {purpose}\n-- Generated from the mapping; a test compares. One transaction: it happens whole or not at all.\n\nBEGIN;\n\n"
        + string.Concat(statements.Select(statement => statement.ReplaceLineEndings("\n") + ";\n\n")) + "COMMIT;\n";
}
