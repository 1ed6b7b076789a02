using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>SQL Server without a server: the model builds, and its script says what it must.</summary>
public sealed class SqlServerTests
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["uuid"] = "uniqueidentifier",
        ["text"] = "nvarchar",
        ["boolean"] = "bit",
        ["timestamp"] = "datetime2",
        ["jsonb"] = "nvarchar(max)",
        ["integer"] = "int",
    };

    private static string Script()
    {
        using var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseSqlServer("Server=nowhere").Options);
        return db.Database.GenerateCreateScript();
    }

    [Fact]
    public void The_script_has_the_columns_and_types_of_the_specification()
    {
        var table = Regex.Match(Script(), @"CREATE TABLE \[integrations\] \((.*?)\n\);", RegexOptions.Singleline).Groups[1].Value;
        var columns = Regex.Matches(table, @"^ +\[(\w+)\] ([\w()]+)", RegexOptions.Multiline).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(SchemaTests.Specification().Select(c => c.Name).Order(), columns.Keys.Order());
        Assert.All(SchemaTests.Specification(), c => Assert.StartsWith(Types[c.Format], columns[c.Name], StringComparison.Ordinal));
    }

    [Fact]
    public void No_type_or_operator_of_another_database_is_in_the_script_and_every_index_can_be_made()
    {
        var script = Script();
        Assert.DoesNotMatch("jsonb|timestamp|boolean|bigserial|::", script);
        Assert.Contains("CREATE UNIQUE INDEX [IX_integrations_client_id_chat_id_integration_type]", script, StringComparison.Ordinal);
        Assert.Contains("WHERE refresh_due_at IS NOT NULL", script, StringComparison.Ordinal);
        Assert.Contains("[sequence] bigint NOT NULL IDENTITY", script, StringComparison.Ordinal);
        // Neither an unbounded column nor one past 1,700 bytes (850 characters) can be part of an index.
        using var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseSqlServer("Server=nowhere").Options);
        foreach (var index in db.Model.GetEntityTypes().SelectMany(e => e.GetIndexes().Select(i => i.Properties).Concat(e.GetKeys().Select(k => k.Properties))))
            Assert.True(
                index.Where(p => p.GetProviderClrType() == typeof(string) || p.ClrType == typeof(string)).Sum(p => p.GetMaxLength() ?? 10_000) <= 850,
                string.Join(", ", index.Select(p => $"{p.DeclaringType.ShortName()}.{p.Name}")));
    }

    [Fact]
    public void Times_are_read_as_UTC()
    {
        using var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseSqlServer("Server=nowhere").Options);
        var times = db.Model.GetEntityTypes().Where(e => e.ClrType != typeof(Note)).SelectMany(e => e.GetProperties())
            .Where(p => (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) == typeof(DateTime)).ToList();
        Assert.True(times.Count > 15);
        Assert.All(times, time => Assert.Equal(
            DateTimeKind.Utc, ((DateTime)time.GetValueConverter()!.ConvertFromProvider(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified))!).Kind));
    }

    [Fact]
    public void A_host_on_SQL_Server_chooses_which_deletion_cascades()
    {
        using var db = new CascadeDb(new DbContextOptionsBuilder<CascadeDb>().UseSqlServer("Server=nowhere").Options);
        var script = db.Database.GenerateCreateScript();
        Assert.Contains("FOREIGN KEY ([client_id]) REFERENCES [Client] ([Id]) ON DELETE CASCADE", script, StringComparison.Ordinal);
        Assert.Contains("FOREIGN KEY ([chat_id]) REFERENCES [Chat] ([PublicId])", script, StringComparison.Ordinal);
        Assert.DoesNotContain("REFERENCES [Chat] ([PublicId]) ON DELETE", script, StringComparison.Ordinal);
    }

    public sealed class CascadeDb(DbContextOptions<CascadeDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<HostModelTests.Client>();
            modelBuilder.Entity<HostModelTests.Chat>(chat => chat.HasKey(c => c.Number));
            modelBuilder.UseIntegrations(o => o.HasClient<HostModelTests.Client>().HasChat<HostModelTests.Chat>(c => c.PublicId, DeleteBehavior.NoAction));
        }
    }
}
