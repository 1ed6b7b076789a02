using Integrations.EntityFramework.Migrations;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Upgrades a table that was there before the SDK, inside a migration of the host.</summary>
public static class IntegrationsMigrationBuilderExtensions
{
    /// <summary>
    /// Upgrades the 7-column table <c>integrations</c> in place and makes the tables beside it; put it in <c>Up</c> instead of what
    /// EF Core scaffolded for them. Nothing is lost, all of it commits together, and running it again is harmless.
    /// </summary>
    /// <remarks>
    /// Stops with an error that contains the query listing the rows, before it changes anything, if two rows share client, chat and
    /// type, or a row lacks one of them. Adds no foreign key to the host's entities: keep the <c>AddForeignKey</c> calls that EF
    /// Core scaffolded. What each column starts with: docs/schema.md.
    /// </remarks>
    /// <param name="migrationBuilder">The builder of the migration.</param>
    /// <param name="configure">The same as given to <c>UseIntegrations</c>: schema, names, version. Null for none.</param>
    /// <exception cref="NotSupportedException">The database is not PostgreSQL: only there has the table <c>uuid</c> and <c>jsonb</c>.</exception>
    public static MigrationBuilder UpgradeIntegrations(this MigrationBuilder migrationBuilder, Action<IntegrationsModelOptions>? configure = null) =>
        Run(migrationBuilder, configure, statements => statements.Upgrade());

    /// <summary>
    /// Takes <see cref="UpgradeIntegrations"/> back: the seven columns keep their values and get their types back. Connections,
    /// contacts and messages are dropped, and secrets sealed inside the details stay sealed.
    /// </summary>
    /// <param name="migrationBuilder">The builder of the migration.</param>
    /// <param name="configure">The same as given to <c>UseIntegrations</c>. Null for none.</param>
    /// <exception cref="NotSupportedException">The database is not PostgreSQL.</exception>
    public static MigrationBuilder DowngradeIntegrations(this MigrationBuilder migrationBuilder, Action<IntegrationsModelOptions>? configure = null) =>
        Run(migrationBuilder, configure, statements => statements.Downgrade());

    private static MigrationBuilder Run(
        MigrationBuilder migrationBuilder, Action<IntegrationsModelOptions>? configure, Func<UpgradeStatements, IReadOnlyList<string>> choose)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        if (migrationBuilder.ActiveProvider?.StartsWith("Npgsql", StringComparison.Ordinal) != true)
            throw new NotSupportedException(
                $"The 7-column table exists on PostgreSQL, and this migration runs on {migrationBuilder.ActiveProvider}. Use what EF Core scaffolds there.");
        var options = new IntegrationsModelOptions();
        configure?.Invoke(options);
        foreach (var statement in choose(new UpgradeStatements(options)))
            migrationBuilder.Sql(statement + ";"); // An idempotent script of EF Core puts it into a block.
        return migrationBuilder;
    }
}
