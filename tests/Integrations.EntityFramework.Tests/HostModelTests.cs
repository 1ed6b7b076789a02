using Integrations.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Integrations.EntityFramework.Tests;

/// <summary>The tables in a host's own context, with foreign keys to the host's entities.</summary>
public sealed class HostModelTests
{
    public sealed class Client
    {
        public Guid Id { get; set; }
    }

    public sealed class Chat
    {
        public int Number { get; set; }

        public Guid PublicId { get; set; }
    }

    public sealed class HostDb(DbContextOptions<HostDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Client>();
            modelBuilder.Entity<Chat>(chat => chat.HasKey(c => c.Number));
            modelBuilder.UseIntegrations(o => o.HasClient<Client>(c => c.Id).HasChat<Chat>(c => c.PublicId, DeleteBehavior.Restrict));
        }
    }

    public sealed class SchemaDb(DbContextOptions<SchemaDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.UseIntegrations(o => (o.Schema, o.ProviderName) = ("chat", Database.ProviderName));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static IntegrationRecord Record(Guid client, Guid chat) => new()
    {
        IntegrationId = Guid.CreateVersion7(), ClientId = client, ChatId = chat, Type = IntegrationType.Facebook,
        CreatedAt = DateTime.UnixEpoch, UpdatedAt = DateTime.UnixEpoch,
    };

    private static async Task<HostDb> CreateAsync(DbContextOptionsBuilder<HostDb> options)
    {
        var db = new HostDb(options.Options);
        await db.Database.EnsureCreatedAsync(Ct);
        return db;
    }

    private static async Task Foreign_keys_hold(HostDb db)
    {
        var (client, chat) = (new Client { Id = Guid.CreateVersion7() }, new Chat { PublicId = Guid.CreateVersion7() });
        db.AddRange(client, chat);
        await db.SaveChangesAsync(Ct);
        db.Add(Record(client.Id, Guid.CreateVersion7()));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
        db.ChangeTracker.Clear();
        db.Add(Record(Guid.CreateVersion7(), chat.PublicId));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
        db.ChangeTracker.Clear();

        var record = Record(client.Id, chat.PublicId);
        db.Add(record);
        await db.SaveChangesAsync(Ct);
        db.ChangeTracker.Clear();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Set<Chat>().ExecuteDeleteAsync(Ct));
        await db.Set<Client>().ExecuteDeleteAsync(Ct);
        Assert.False(await db.Set<IntegrationRecord>().AnyAsync(Ct));
    }

    [Fact]
    public async Task On_SQLite_clients_and_chats_are_foreign_keys()
    {
        using var file = new TempFile();
        await using var db = await CreateAsync(new DbContextOptionsBuilder<HostDb>().UseSqlite(file.ConnectionString));
        await Foreign_keys_hold(db);
    }

    [Fact]
    public async Task On_PostgreSQL_clients_and_chats_are_foreign_keys()
    {
        var cluster = await PostgresCluster.GetAsync(Ct);
        await using var db = await CreateAsync(new DbContextOptionsBuilder<HostDb>().UseNpgsql(await cluster.CreateDatabaseAsync(Ct)));
        await Foreign_keys_hold(db);
    }

    [Theory]
    [InlineData(true, "jsonb")]
    [InlineData(false, "TEXT")]
    public void Details_are_stored_in_the_type_of_the_database(bool postgreSql, string type)
    {
        var options = new DbContextOptionsBuilder<TestDbContext>();
        options = postgreSql ? options.UseNpgsql("Host=nowhere") : options.UseSqlite("Data Source=nowhere");
        using var db = new TestDbContext(options.Options);
        Assert.Equal(type, db.Model.FindEntityType(typeof(IntegrationRecord))!.FindProperty(nameof(IntegrationRecord.Details))!.GetColumnType());
    }

    [Fact]
    public void A_schema_holds_all_tables()
    {
        using var db = new SchemaDb(new DbContextOptionsBuilder<SchemaDb>().UseNpgsql("Host=nowhere").Options);
        Assert.All(db.Model.GetEntityTypes(), entity => Assert.Equal("chat", entity.GetSchema()));
        Assert.Equal("jsonb", db.Model.FindEntityType(typeof(IntegrationRecord))!.FindProperty(nameof(IntegrationRecord.Details))!.GetColumnType());
    }

    [Fact]
    public void A_key_that_is_no_property_is_refused() => Assert.Throws<ArgumentException>(
        () => new IntegrationsModelOptions().HasClient<Client>(c => c.Id.ToString()));

    [Fact]
    public async Task The_databases_name_a_unique_violation_as_the_dialects_expect()
    {
        using var file = new TempFile();
        await using var sqlite = new SqliteConnection(file.ConnectionString);
        await sqlite.OpenAsync(Ct);
        await using var command = sqlite.CreateCommand();
        command.CommandText = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE); INSERT INTO t VALUES (1, 'x');";
        await command.ExecuteNonQueryAsync(Ct);
        foreach (var (insert, code) in (List<(string, int)>)[("INSERT INTO t VALUES (1, 'y')", 1555), ("INSERT INTO t VALUES (2, 'x')", 2067)])
        {
            command.CommandText = insert;
            var e = await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync(Ct));
            Assert.Equal(code, e.SqliteExtendedErrorCode);
            Assert.True(new Dialects.SqliteDialect().IsLostRace(new DbUpdateException("save", e)));
        }

        Assert.True(new Dialects.SqliteDialect().IsLostRace(new SqliteException("SQLite Error 5: 'database is locked'.", 5)));
        Assert.False(new Dialects.SqliteDialect().IsLostRace(new SqliteException("SQLite Error 19: 'NOT NULL constraint failed: t.b'.", 19)));
        foreach (var (state, lost) in (List<(string, bool)>)[("23505", true), ("40001", true), ("40P01", true), ("23503", false), ("22001", false)])
            Assert.Equal(lost, new Dialects.PostgreSqlDialect().IsLostRace(new DbUpdateException("save", new PostgresException("m", "ERROR", "ERROR", state))));
    }
}
