using Integrations;
using Microsoft.EntityFrameworkCore;

namespace WebHost.Setup;

/// <summary>Chooses the store: <c>Integrations:Database</c> and <c>ConnectionStrings:Integrations</c>.</summary>
internal static class StoreSetup
{
    public static IntegrationsBuilder AddConfiguredStore(this IntegrationsBuilder integrations, IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Integrations");
        if (string.IsNullOrWhiteSpace(connection))
            throw Wrong("ConnectionStrings:Integrations is not set. For SQLite: 'Data Source=integrations.db'.");

        switch (configuration["Integrations:Database"])
        {
            case "sqlite":
                return integrations.AddSqliteStore(connection);
            case "postgresql":
                integrations.Services.AddDbContextFactory<HostDbContext>(options => options.UseNpgsql(connection));
                return integrations.AddEntityFrameworkStore<HostDbContext>();
            case var other:
                throw Wrong($"Integrations:Database is '{other}'. It must be 'sqlite' or 'postgresql'.");
        }
    }

    /// <summary>Creates the tables if the database is empty. A real host would run its EF migrations instead.</summary>
    public static async Task CreateConfiguredDatabaseAsync(this WebApplication app)
    {
        if (app.Services.GetService<IDbContextFactory<HostDbContext>>() is not { } contexts)
            return;
        await using var context = await contexts.CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    private static IntegrationException Wrong(string message) => new(IntegrationErrorKind.Configuration, message);
}
