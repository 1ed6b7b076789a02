using Integrations.EntityFramework.Migrations;
using Integrations.EntityFramework.Tests.Schema;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests.Upgrade;

/// <summary>The plain SQL files, the migration helper and the mapping are one thing.</summary>
public sealed class ScriptTests
{
    private const string WriteVariable = "INTEGRATIONS_WRITE_SQL";

    [Theory]
    [InlineData("create.sql")]
    [InlineData("upgrade.sql")]
    [InlineData("downgrade.sql")]
    public void The_files_are_what_the_mapping_generates(string file)
    {
        var path = Path.Combine(RepositoryFiles.Root, "docs", "sql", "postgresql", file);
        var generated = SqlScripts.All(new IntegrationsModelOptions())[file];
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(path, generated);
        Assert.True(
            generated == File.ReadAllText(path).ReplaceLineEndings("\n"),
            $"docs/sql/postgresql/{file} is not what the mapping generates. Run this test once with {WriteVariable}=1 and review the difference.");
    }

    [Fact]
    public async Task Created_upgraded_and_migrated_databases_have_one_schema()
    {
        var ensured = await OldTable.EmptyAsync();
        await using (var db = UpgradeDb.On(ensured))
            await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var created = await OldTable.EmptyAsync();
        await PostgreSqlSchema.ExecuteAsync(created, Script("create.sql"));
        var upgraded = await OldTable.CreateAsync();
        await PostgreSqlSchema.ExecuteAsync(upgraded, Script("upgrade.sql"));
        var keyless = await OldTable.CreateAsync(primaryKey: false);
        await PostgreSqlSchema.ExecuteAsync(keyless, Script("upgrade.sql"));
        var migrated = await OldTable.CreateAsync();
        await using (var db = UpgradeDb.On(migrated))
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        var expected = await PostgreSqlSchema.ReadAsync(ensured);
        Assert.True(expected.Count > 90, $"Only {expected.Count} facts were compared.");
        foreach (var database in (string[])[created, upgraded, keyless, migrated])
            Assert.Equal(expected, await PostgreSqlSchema.ReadAsync(database));
    }

    [Fact]
    public async Task The_idempotent_script_of_EF_Core_upgrades_too()
    {
        var database = await OldTable.CreateAsync();
        string script;
        await using (var db = UpgradeDb.On(database))
            script = Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>(db)
                .GenerateScript(options: Microsoft.EntityFrameworkCore.Migrations.MigrationsSqlGenerationOptions.Idempotent);
        await PostgreSqlSchema.ExecuteAsync(database, script);
        await PostgreSqlSchema.ExecuteAsync(database, script);
        Assert.Equal([3L], await PostgreSqlSchema.QueryAsync(database, "SELECT count(*) FROM integration_connections", row => row.GetInt64(0)));
    }

    internal static string Script(string file) => File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "sql", "postgresql", file));
}
