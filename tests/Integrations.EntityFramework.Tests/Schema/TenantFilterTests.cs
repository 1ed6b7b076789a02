using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>The query filter for a host's own queries.</summary>
public sealed class TenantFilterTests
{
    public sealed class TenantDb(DbContextOptions<TenantDb> options) : DbContext(options)
    {
        public Guid CurrentClientId { get; set; }

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations(o => o.HasTenantFilter(() => CurrentClientId));
    }

    public sealed class ConstantDb(DbContextOptions<ConstantDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            var client = Guid.CreateVersion7();
            modelBuilder.UseIntegrations(o => o.HasTenantFilter(() => client));
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task It_narrows_the_hosts_queries_and_leaves_the_stores_alone(string kind)
    {
        using var file = new TempFile();
        var postgreSql = kind == "postgresql" ? await Upgrade.OldTable.EmptyAsync() : null;
        await using var host = new StoreHost(builder =>
        {
            builder.Services.AddDbContextFactory<TenantDb>(options => _ = postgreSql is null ? options.UseSqlite(file.ConnectionString) : options.UseNpgsql(postgreSql));
            builder.AddEntityFrameworkStore<TenantDb>();
        });
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<TenantDb>>().CreateDbContextAsync(Ct);
        await db.Database.EnsureCreatedAsync(Ct);
        // The contexts of the store have no current client: were they filtered, none of this would find a row.
        var (mine, other) = (await TestDatabase.ConnectedAsync(host.Stores), await TestDatabase.ConnectedAsync(host.Stores));
        foreach (var key in (IntegrationKey[])[mine, other])
        {
            await host.Stores.Contacts.TouchAsync(key, "ada", DateTime.UnixEpoch, Ct);
            Assert.NotNull(await host.Stores.Integrations.FindAsync(key, Ct));
            Assert.True(await host.Stores.Integrations.SetLiveAsync(key, true, DateTime.UnixEpoch, ct: Ct));
            Assert.Single(await host.Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = key.ClientId, Limit = 10 }, Ct));
            Assert.Equal([AcceptOutcome.Accepted], await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, $"in:{key.IntegrationId:N}", "a")], Ct));
        }

        Assert.Equal(2, (await host.Stores.Integrations.ClaimDueRefreshesAsync(
            new RefreshClaim { Owner = "me", Type = IntegrationType.Facebook, DueBefore = DateTime.UtcNow, Max = 10, Lease = TimeSpan.FromMinutes(1) }, Ct)).Count);

        db.CurrentClientId = mine.ClientId;
        Assert.Equal(mine.IntegrationId, (await db.Set<IntegrationRecord>().SingleAsync(Ct)).IntegrationId);
        Assert.Equal(mine.IntegrationId, (await db.Set<ConnectionRecord>().SingleAsync(Ct)).IntegrationId);
        Assert.Equal(mine.IntegrationId, (await db.Set<ContactRecord>().SingleAsync(Ct)).IntegrationId);
        db.CurrentClientId = other.ClientId;
        Assert.Equal(other.IntegrationId, (await db.Set<IntegrationRecord>().SingleAsync(Ct)).IntegrationId);
        Assert.Equal(2, await db.Set<IntegrationRecord>().IgnoreQueryFilters([IntegrationsModelOptions.TenantFilterName]).CountAsync(Ct));
    }

    [Fact]
    public void A_filter_that_would_be_read_once_for_all_tenants_is_refused()
    {
        using var db = new ConstantDb(new DbContextOptionsBuilder<ConstantDb>().UseSqlite("Data Source=nowhere").Options);
        Assert.Throws<ArgumentException>(() => db.Model);
        Assert.Throws<ArgumentException>(() => new DbContextOptionsBuilder().UseIntegrations(o => o.HasTenantFilter(() => Guid.Empty)));
    }

    [Fact]
    public void Every_query_of_the_stores_starts_without_the_hosts_filters()
    {
        string[] filtered = [nameof(IntegrationRecord), nameof(ConnectionRecord), nameof(ContactRecord), nameof(PendingAuthorization)];
        var sources = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "src", "Integrations.EntityFramework"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(sources);
        foreach (var source in sources)
            foreach (var line in File.ReadLines(source).Where(line => filtered.Any(entity => line.Contains($".Set<{entity}>()", StringComparison.Ordinal))))
                Assert.True(
                    line.Contains("IgnoreQueryFilters", StringComparison.Ordinal) || (Path.GetFileName(source) == "LookupQueries.cs" && line.Contains("ConnectionRecord", StringComparison.Ordinal)),
                    $"{Path.GetFileName(source)}: start with db.Rows<T>() instead of {line.Trim()}");
    }
}
