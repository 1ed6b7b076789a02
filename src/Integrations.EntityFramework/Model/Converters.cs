using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Integrations.EntityFramework.Model;

internal sealed class IntegrationTypeConverter() : ValueConverter<IntegrationType, string>(
    type => type.Value, text => IntegrationType.Parse(text));

/// <summary>
/// All times are UTC. PostgreSQL refuses to write any other kind to <c>timestamptz</c>, and SQLite forgets the kind.
/// </summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    time => ToUtc(time), time => DateTime.SpecifyKind(time, DateTimeKind.Utc))
{
    private static DateTime ToUtc(DateTime time) => time.Kind == DateTimeKind.Local
        ? time.ToUniversalTime()
        : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}

/// <summary>Stored in snake case, readable in a query: <c>reconnect_required</c>.</summary>
internal sealed class EventKindConverter() : ValueConverter<IntegrationEventKind, string>(
    kind => ToText(kind), text => FromText(text))
{
    private static string ToText(IntegrationEventKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static IntegrationEventKind FromText(string text) => Enum.Parse<IntegrationEventKind>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}

/// <summary>Stored as the words of the specification, readable in a query: <c>reconnect_required</c>.</summary>
internal sealed class ConnectionStateConverter() : ValueConverter<ConnectionState, string>(
    state => ToText(state), text => FromText(text))
{
    private static string ToText(ConnectionState state) => state switch
    {
        ConnectionState.Pending => "pending",
        ConnectionState.Connected => "connected",
        ConnectionState.Degraded => "degraded",
        ConnectionState.ReconnectRequired => "reconnect_required",
        ConnectionState.Suspended => "suspended",
        ConnectionState.Disconnected => "disconnected",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No text for this connection state."),
    };

    private static ConnectionState FromText(string text) => text switch
    {
        "pending" => ConnectionState.Pending,
        "connected" => ConnectionState.Connected,
        "degraded" => ConnectionState.Degraded,
        "reconnect_required" => ConnectionState.ReconnectRequired,
        "suspended" => ConnectionState.Suspended,
        "disconnected" => ConnectionState.Disconnected,
        _ => throw new FormatException($"'{text}' in integration_connections.state is not a connection state."),
    };
}
