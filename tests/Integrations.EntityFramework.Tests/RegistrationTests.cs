using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.EntityFramework.Tests;

public sealed class RegistrationTests
{
    public sealed class UnmappedDb(DbContextOptions<UnmappedDb> options) : DbContext(options);

    [Fact]
    public void A_store_replaces_what_was_registered_and_may_be_added_twice()
    {
        var services = new ServiceCollection();
        services.AddSingleton(Substitute.For<IMessageInbox>());
        var builder = new IntegrationsBuilder(services);
        builder.AddSqliteStore("Data Source=first.db");
        var once = services.Count;
        builder.AddSqliteStore("Data Source=second.db");
        Assert.Equal(once, services.Count);
        foreach (var store in (Type[])[typeof(IIntegrationStore), typeof(IAuthorizationStore), typeof(IContactStore), typeof(IMessageInbox)])
            Assert.Single(services, descriptor => descriptor.ServiceType == store);
        using var provider = services.BuildServiceProvider();
        Assert.IsType<EntityFrameworkMessageInbox>(provider.GetRequiredService<IMessageInbox>());
    }

    [Fact]
    public async Task A_context_without_the_tables_is_refused_with_the_way_out()
    {
        await using var host = new StoreHost(builder =>
        {
            builder.Services.AddDbContext<UnmappedDb>(options => options.UseSqlite("Data Source=unused.db"));
            builder.AddEntityFrameworkStore<UnmappedDb>();
        });
        var e = await Assert.ThrowsAsync<IntegrationException>(
            () => host.Stores.Integrations.FindAsync(new IntegrationKey(Guid.Empty, Guid.Empty), TestContext.Current.CancellationToken));
        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        Assert.Contains("modelBuilder.UseIntegrations()", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_transaction_of_the_host_is_not_joined(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TestDbContext>();
        db.Notes.Add(new Note { Text = "the host's own" });
        await host.Stores.Integrations.SetLiveAsync(key, true, DateTime.UnixEpoch, ct: TestContext.Current.CancellationToken);
        Assert.True(db.ChangeTracker.HasChanges());
        Assert.Equal(1, await db.SaveChangesAsync(TestContext.Current.CancellationToken));
    }
}
