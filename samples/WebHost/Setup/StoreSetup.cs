using Integrations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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
                return AddSqlite(integrations, connection);
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
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            await context.Database.EnsureCreatedAsync();
        }
        catch (Exception wrong) when (wrong is NpgsqlException or ArgumentException or InvalidOperationException { InnerException: NpgsqlException })
        {
            throw Wrong($"ConnectionStrings:Integrations opens no PostgreSQL database. {(wrong.InnerException as NpgsqlException ?? wrong).Message}");
        }
    }

    private static IntegrationsBuilder AddSqlite(IntegrationsBuilder integrations, string connection)
    {
        try
        {
            return integrations.AddSqliteStore(connection);
        }
        catch (ArgumentException wrong)
        {
            throw Wrong($"ConnectionStrings:Integrations is wrong. {wrong.Message}");
        }
    }

    private static IntegrationException Wrong(string message) => new(IntegrationErrorKind.Configuration, message);
}
