using Integrations.EntityFramework.Migrations;
using Integrations.EntityFramework.Tests.Upgrade;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>Tables and columns in the host's own names.</summary>
public sealed class NamingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string TableOf(DbContext db) => db.Model.FindEntityType(typeof(IntegrationRecord))!.GetTableName()!;

    private static PlainDb Plain(Action<IntegrationsModelOptions>? configure, string? connectionString = null)
    {
        var options = new DbContextOptionsBuilder<PlainDb>().UseSqlite(connectionString ?? "Data Source=nowhere");
        options.UseIntegrations(configure);
        return new PlainDb((DbContextOptions<PlainDb>)options.Options);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task The_whole_store_works_under_other_names(string kind)
    {
        using var file = new TempFile();
        Action<DbContextOptionsBuilder> use = options => options.UseSqlite(file.ConnectionString);
        if (kind == "postgresql")
        {
            var connectionString = await (await PostgresCluster.GetAsync(Ct)).CreateDatabaseAsync(Ct);
            use = options => options.UseNpgsql(connectionString);
        }

        await using var host = new StoreHost(builder =>
        {
            builder.Services.AddDbContext<NamedDb>(use);
            builder.AddEntityFrameworkStore<NamedDb>();
        });
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<NamedDb>().Database.EnsureCreatedAsync(Ct);

        var key = await TestDatabase.ConnectedAsync(host.Stores);
        var message = TestDatabase.Message(key, "in:1", "a");
        Assert.Equal([AcceptOutcome.Accepted, AcceptOutcome.Duplicate], await host.Stores.Inbox.AcceptAsync([message, message], Ct));
        var request = new LaneLeaseRequest { Owner = "me", MaxLanes = 1, MaxMessagesPerLane = 5, Lease = TimeSpan.FromMinutes(1) };
        var lease = Assert.Single(await host.Stores.Inbox.LeaseLanesAsync(request, Ct));
        Assert.True(await host.Stores.Inbox.SettleAsync(
            lease, [new MessageSettlement { MessageId = message.Id, State = MessageState.Done, Counts = true, FollowUps = [TestDatabase.Message(key, "out:1", "b")] }], Ct));
        await host.Stores.Inbox.ReleaseAsync(lease, pause: null, Ct);
        Assert.Equal("out:1", Assert.Single(await host.Stores.Inbox.LeaseLanesAsync(request, Ct)).Lane);
        Assert.Equal(1, (await host.Stores.Integrations.FindAsync(key, Ct))!.Record.MessageCount);
        Assert.Single(await host.Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [key.IntegrationId.ToString("N")], Ct));
    }

    [Fact]
    public async Task The_scripts_follow_the_names()
    {
        var options = new IntegrationsModelOptions();
        NamedDb.Names(options);
        var scripts = SqlScripts.All(options);
        var ensured = await OldTable.EmptyAsync();
        await using (var db = new NamedDb(new DbContextOptionsBuilder<NamedDb>().UseNpgsql(ensured).Options))
            await db.Database.EnsureCreatedAsync(Ct);
        var expected = await PostgreSqlSchema.ReadAsync(ensured);

        var created = await OldTable.EmptyAsync();
        await PostgreSqlSchema.ExecuteAsync(created, "CREATE SCHEMA bots; " + scripts["create.sql"]);
        Assert.Equal(expected, await PostgreSqlSchema.ReadAsync(created));

        var upgraded = await OldTable.CreateAsync();
        var renames = string.Concat(OldTable.Columns().Select(c => $"ALTER TABLE integrations RENAME {c.Name} TO \"{IntegrationsModelOptions.PascalCase(c.Name)}\"; "));
        await PostgreSqlSchema.ExecuteAsync(
            upgraded, $"CREATE SCHEMA bots; {renames} ALTER TABLE integrations RENAME TO \"BotIntegrations\"; ALTER TABLE \"BotIntegrations\" SET SCHEMA bots");
        await PostgreSqlSchema.ExecuteAsync(upgraded, scripts["upgrade.sql"] + scripts["upgrade.sql"]);
        Assert.Equal(expected, await PostgreSqlSchema.ReadAsync(upgraded));
        await PostgreSqlSchema.ExecuteAsync(upgraded, scripts["downgrade.sql"]);
        Assert.Equal([7L], await PostgreSqlSchema.QueryAsync(
            upgraded, "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'bots'", row => row.GetInt64(0)));
    }

    [Fact]
    public void Two_contexts_and_one_context_configured_twice_share_no_model()
    {
        using var named = new NamedDb(new DbContextOptionsBuilder<NamedDb>().UseSqlite("Data Source=nowhere").Options);
        using var standard = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseSqlite("Data Source=nowhere").Options);
        using var first = Plain(o => o.TableName = name => "a_" + name);
        using var second = Plain(o => o.TableName = name => "b_" + name);
        using var third = Plain(configure: null);
        Assert.Equal(
            ["BotIntegrations", "integrations", "a_integrations", "b_integrations", "integrations"],
            [TableOf(named), TableOf(standard), TableOf(first), TableOf(second), TableOf(third)]);
        // The same settings, said again, are the same model: no service provider for each context.
        using var again = Plain(o => o.TableName = name => "a_" + name);
        Assert.Same(first.Model, again.Model);
    }

    [Fact]
    public async Task One_context_class_serves_two_differently_named_stores_in_one_process()
    {
        using var file = new TempFile();
        foreach (var prefix in (string[])["a_", "b_"])
        {
            await using var db = Plain(o => o.TableName = name => prefix + name, file.ConnectionString);
            if (prefix == "a_")
                await db.Database.EnsureCreatedAsync(Ct);
            else
                await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), Ct);
            db.Add(new IntegrationRecord { IntegrationId = Guid.CreateVersion7(), ClientId = Guid.Empty, ChatId = Guid.Empty, Type = IntegrationType.X });
            await db.SaveChangesAsync(Ct);
        }

        await using var check = Plain(o => o.TableName = name => "b_" + name, file.ConnectionString);
        Assert.Equal(1, await check.Set<IntegrationRecord>().CountAsync(Ct));
    }

    [Theory]
    [InlineData(true, "jsonb")]
    [InlineData(false, "TEXT")]
    public void The_form_in_the_options_knows_its_provider_and_maps_the_same(bool postgreSql, string type)
    {
        var plain = new DbContextOptionsBuilder<PlainDb>();
        var host = new DbContextOptionsBuilder<TestDbContext>();
        _ = postgreSql ? plain.UseNpgsql("Host=nowhere") : plain.UseSqlite("Data Source=nowhere");
        _ = postgreSql ? host.UseNpgsql("Host=nowhere") : host.UseSqlite("Data Source=nowhere");
        plain.UseIntegrations();
        using var db = new PlainDb(plain.Options);
        using var other = new TestDbContext(host.Options);
        Assert.Equal(type, db.Model.FindEntityType(typeof(IntegrationRecord))!.FindProperty(nameof(IntegrationRecord.Details))!.GetColumnType());
        var script = db.Database.GenerateCreateScript();
        var notes = other.Database.GenerateCreateScript();
        Assert.All(script.Split(";\n", StringSplitOptions.RemoveEmptyEntries), statement => Assert.Contains(statement.Trim(), notes, StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_this_package_does_not_know_is_refused()
    {
        using var db = Plain(o => o.SchemaVersion = (IntegrationsSchemaVersion)7);
        var e = Assert.Throws<ArgumentException>(() => db.Model);
        Assert.Contains("V1", e.Message, StringComparison.Ordinal);
        using var pinned = Plain(o => o.SchemaVersion = IntegrationsSchemaVersion.V1);
        using var latest = Plain(configure: null);
        Assert.Equal(latest.Database.GenerateCreateScript(), pinned.Database.GenerateCreateScript());
    }
}
