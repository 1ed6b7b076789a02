using Integrations.EntityFramework.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The embedded store.</summary>
public static class SqliteStoreBuilderExtensions
{
    /// <summary>
    /// Keeps integrations, pending connects, contacts and messages in a SQLite file. Creates the file and the tables that are
    /// missing, when the host starts or at the first use, also when several processes start at once; other tables in the file are
    /// left alone. Safe to call twice; the last store added wins.
    /// </summary>
    /// <remarks>
    /// The file is put into write-ahead logging with full synchronisation: what was accepted survives the loss of the process and of
    /// the machine's power. It must be on a local disk (https://www.sqlite.org/wal.html, "same host computer").
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">For example <c>Data Source=integrations.db</c>.</param>
    /// <exception cref="ArgumentException">The connection string is not one of SQLite, or names no file. A store in memory needs no package.</exception>
    public static IntegrationsBuilder AddSqliteStore(this IntegrationsBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var source = Read(connectionString);
        if (source.DataSource is "" or ":memory:" || source.Mode == SqliteOpenMode.Memory)
            throw new ArgumentException(
                "The connection string names no file, so each connection would see a database of its own. Write 'Data Source=integrations.db', "
                + "or leave AddSqliteStore out: AddIntegrations() alone keeps everything in memory.", nameof(connectionString));
        builder.Services.AddStores(provider => new SqliteContexts(source.ConnectionString, provider.GetService<ILoggerFactory>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SqliteStartup>());
        return builder;
    }

    // The message of the driver repeats no value, only the name of what it does not know.
    private static SqliteConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"The connection string is not one of SQLite. Write 'Data Source=integrations.db'. {e.Message}", nameof(connectionString), e);
        }
    }
}
