using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Support;

internal sealed class SqliteTestDatabase : TestDatabase
{
    public override string Kind => "sqlite";

    public string FilePath => Path.Combine(Folder.FullName, "integrations.db");

    public override string ConnectionString => $"Data Source={FilePath}";

    public override void AddStore(IntegrationsBuilder integrations) => integrations.AddSqliteStore(ConnectionString);

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        return base.DisposeAsync();
    }
}
