using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace QuickStart.Telling;

/// <summary>Reads the one row of the integrations table as any SQL tool would. Tokens are ciphertext there; even that is not shown.</summary>
internal static class IntegrationRow
{
    public static async Task<IReadOnlyList<(string Column, string Value)>> ReadAsync(string folder, CancellationToken ct)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "integrations.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM integrations";
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            throw new InvalidOperationException("there is no row");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), Show(reader.GetName(i), reader.GetValue(i))))];
    }

    private static string Show(string column, object value) => (column, value) switch
    {
        (_, DBNull) => "null",
        ("auth_token" or "refresh_token", string text) => Masked(text),
        ("integration_details", string json) => ShowDetails(json),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string ShowDetails(string json)
    {
        var details = JsonNode.Parse(json)!.AsObject();
        if (details["page_access_token"]?.GetValue<string>() is { } token)
            details["page_access_token"] = Masked(token);
        return details.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static string Masked(string sealedText) => $"******** (sealed, {sealedText.Length} characters)";
}
