using System.Text.Json.Nodes;

namespace Integrations;

internal static class ExpiryData
{
    public static string Write(StoredIntegration stored, DateTime end) => new JsonObject
    {
        ["account_name"] = stored.Connection.AccountName,
        ["expires_at"] = new DateTimeOffset(end),
    }.ToJsonString();
}
