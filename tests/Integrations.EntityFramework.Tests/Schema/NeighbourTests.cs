using Integrations.EntityFramework.Tests.Upgrade;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>One context with ASP.NET Core Identity, a library that renames tables, and the tables of the SDK.</summary>
public sealed class NeighbourTests
{
    public sealed class Member : IdentityUser<Guid>;

    public sealed class Post
    {
        public int Id { get; set; }
    }

    /// <summary>What libraries for naming do: they rename by convention, so what is said explicitly stays.</summary>
    private sealed class ShoutingConvention : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                entity.Builder.ToTable("ALL_" + entity.GetTableName()!.ToUpperInvariant());
                foreach (var property in entity.GetProperties())
                    property.Builder.HasColumnName(property.GetColumnName().ToUpperInvariant());
            }
        }
    }

    public sealed class CrowdedDb(DbContextOptions<CrowdedDb> options) : IdentityDbContext<Member, IdentityRole<Guid>, Guid>(options)
    {
        public DbSet<Post> Posts => Set<Post>();

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            base.ConfigureConventions(configurationBuilder);
            configurationBuilder.Conventions.Add(_ => new ShoutingConvention());
            // Rules of the host for its own entities must not reach ours.
            configurationBuilder.Properties<string>().HaveMaxLength(40);
            configurationBuilder.Properties<DateTime>().HaveColumnType("date");
            configurationBuilder.Properties<Enum>().HaveConversion<string>();
        }

        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.UseIntegrations(o => o.HasClient<Member>());
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task They_share_a_context_and_the_store_works(string kind)
    {
        using var file = new TempFile();
        var postgreSql = kind == "postgresql" ? await OldTable.EmptyAsync() : null;
        await using var host = new StoreHost(builder =>
        {
            builder.Services.AddDbContextFactory<CrowdedDb>(options => _ = postgreSql is null ? options.UseSqlite(file.ConnectionString) : options.UseNpgsql(postgreSql));
            builder.AddEntityFrameworkStore<CrowdedDb>();
        });
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CrowdedDb>>().CreateDbContextAsync(Ct);
        await db.Database.EnsureCreatedAsync(Ct);
        Assert.Equal("ALL_POSTS", db.Model.FindEntityType(typeof(Post))!.GetTableName());
        Assert.Equal("integrations", db.Model.FindEntityType(typeof(IntegrationRecord))!.GetTableName());

        var member = new Member { Id = Guid.CreateVersion7(), UserName = "ada" };
        db.Add(member);
        await db.SaveChangesAsync(Ct);
        var key = new IntegrationKey(member.Id, Guid.CreateVersion7());
        var commit = new ConnectionCommit
        {
            Key = key, ChatId = Guid.CreateVersion7(), Type = IntegrationType.Facebook, AccountId = "1", Details = """{"longer":"than the forty characters that the host allows its own"}""",
            AuthToken = new string('x', 500), At = DateTime.UnixEpoch,
        };
        Assert.Equal(ConnectionCommitOutcome.Committed, (await host.Stores.Integrations.CommitConnectionAsync(commit, Ct)).Outcome);
        Assert.Equal([AcceptOutcome.Accepted], await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, "in:1", "a")], Ct));
        db.Remove(member);
        await db.SaveChangesAsync(Ct);
        Assert.Null(await host.Stores.Integrations.FindAsync(key, Ct));
    }

    [Fact]
    public async Task On_PostgreSQL_the_table_is_the_specifications_among_neighbours_too()
    {
        var (crowded, alone) = (await OldTable.EmptyAsync(), await OldTable.EmptyAsync());
        await using (var db = new CrowdedDb(new DbContextOptionsBuilder<CrowdedDb>().UseNpgsql(crowded).Options))
            await db.Database.EnsureCreatedAsync(Ct);
        await using (var db = UpgradeDb.On(alone))
            await db.Database.EnsureCreatedAsync(Ct);
        static bool IsOurs(string line) => line.StartsWith("column public.integration", StringComparison.Ordinal);
        Assert.Equal((await PostgreSqlSchema.ReadAsync(alone)).Where(IsOurs), (await PostgreSqlSchema.ReadAsync(crowded)).Where(IsOurs));
    }
}
