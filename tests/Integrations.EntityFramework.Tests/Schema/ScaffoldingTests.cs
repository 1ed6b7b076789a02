using System.Reflection;
using Integrations.EntityFramework.Tests.Upgrade;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable EF1001 // The entry point of the dotnet-ef tool: there is no public one that scaffolds inside a test.

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>What <c>dotnet ef migrations add</c> writes for a host: compiled, applied, compared.</summary>
public sealed class ScaffoldingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static HostModelTests.HostDb Context(string connectionString, Assembly? migrations = null) => new(new DbContextOptionsBuilder<HostModelTests.HostDb>()
        .UseNpgsql(connectionString, npgsql => _ = migrations is null ? npgsql : npgsql.MigrationsAssembly(migrations))
        .Options);

    private static ScaffoldedMigration Scaffold(DbContext db, string name)
    {
        var assembly = typeof(ScaffoldingTests).Assembly;
        using var services = (ServiceProvider)new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(handler: null), []).Build(db);
        using var scope = services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name, "Host.Migrations");
    }

    private static Assembly Compile(params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            $"Migrations{Guid.CreateVersion7():N}", sources.Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: Ct)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: Ct);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        return Assembly.Load(image.ToArray());
    }

    [Fact]
    public async Task A_migration_of_the_tables_is_clean_and_leaves_nothing_pending()
    {
        var (migrated, ensured) = (await OldTable.EmptyAsync(), await OldTable.EmptyAsync());
        ScaffoldedMigration scaffolded;
        await using (var db = Context(migrated))
            scaffolded = Scaffold(db, "Integrations");
        var assembly = Compile(scaffolded.MigrationCode, scaffolded.MetadataCode, scaffolded.SnapshotCode);

        await using (var db = Context(migrated, assembly))
        {
            await db.Database.MigrateAsync(Ct);
            Assert.False(db.Database.HasPendingModelChanges());
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        }

        await using (var db = Context(ensured))
            await db.Database.EnsureCreatedAsync(Ct);
        Assert.Equal(await PostgreSqlSchema.ReadAsync(ensured), await PostgreSqlSchema.ReadAsync(migrated));
    }

    [Fact]
    public async Task A_host_with_the_old_table_replaces_the_scaffolded_tables_with_the_upgrade()
    {
        var database = await OldTable.CreateAsync();
        ScaffoldedMigration scaffolded;
        await using (var db = Plain(database))
            scaffolded = Scaffold(db, "UpgradeIntegrations");
        // What the guide says: the body of Up and Down becomes one call.
        var code = scaffolded.MigrationCode;
        var (up, down) = (code.IndexOf("protected override void Up", StringComparison.Ordinal), code.IndexOf("/// <inheritdoc />\n        protected override void Down", StringComparison.Ordinal));
        Assert.True(up > 0 && down > up, code);
        code = code[..up]
            + "protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.UpgradeIntegrations();\n"
            + "protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DowngradeIntegrations();\n}\n}\n";
        var assembly = Compile("using Microsoft.EntityFrameworkCore;\n" + code, scaffolded.MetadataCode, scaffolded.SnapshotCode);
        await using var upgraded = Plain(database, assembly);
        await upgraded.Database.MigrateAsync(Ct);
        Assert.False(upgraded.Database.HasPendingModelChanges());
        Assert.Equal(3, await upgraded.Set<IntegrationRecord>().CountAsync(Ct));
    }

    private static TestPlainDb Plain(string connectionString, Assembly? migrations = null) => new(new DbContextOptionsBuilder<TestPlainDb>()
        .UseNpgsql(connectionString, npgsql => _ = migrations is null ? npgsql : npgsql.MigrationsAssembly(migrations))
        .Options);

    public sealed class TestPlainDb(DbContextOptions<TestPlainDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
    }
}
