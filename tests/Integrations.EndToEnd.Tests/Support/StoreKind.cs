namespace Integrations.EndToEnd.Tests.Support;

public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
