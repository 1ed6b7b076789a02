using System.Text.Json;

namespace Integrations;

/// <summary>A row of the table: from where a cause moves a connection, to where, and what is told.</summary>
/// <param name="From">Only from these.</param>
/// <param name="To">The state then.</param>
/// <param name="Event">The one event of the move.</param>
internal sealed record ConnectionMove(IReadOnlyList<ConnectionState> From, ConnectionState To, IntegrationEventKind Event);

/// <summary>
/// Every move a connection can make. A cause that finds it in another state than its row says changes nothing and tells nothing:
/// what was seen of an old state must not undo a newer one. The condition is in the write itself, so that of several hosts one moves it.
/// </summary>
internal static class ConnectionStateMachine
{
    private static readonly ConnectionState[] Any = Enum.GetValues<ConnectionState>();
    private static readonly ConnectionState[] Held = [ConnectionState.Connected, ConnectionState.Degraded, ConnectionState.Suspended];

    public static ConnectionMove Of(ConnectionCause cause) => cause switch
    {
        ConnectionCause.AccountConnected => new(Any, ConnectionState.Connected, IntegrationEventKind.Connected),
        ConnectionCause.RefreshFailing => new([ConnectionState.Connected], ConnectionState.Degraded, IntegrationEventKind.Degraded),
        ConnectionCause.ActivationFailed => new([ConnectionState.Connected], ConnectionState.Degraded, IntegrationEventKind.Degraded),
        // Also one that was given up: a token that was just given proves that it works.
        ConnectionCause.RefreshSucceeded => new([ConnectionState.Degraded, ConnectionState.ReconnectRequired], ConnectionState.Connected, IntegrationEventKind.Recovered),
        ConnectionCause.ActivationSucceeded => new([ConnectionState.Degraded], ConnectionState.Connected, IntegrationEventKind.Recovered),
        ConnectionCause.SendSucceeded => new([ConnectionState.Degraded, ConnectionState.Suspended], ConnectionState.Connected, IntegrationEventKind.Recovered),
        ConnectionCause.GrantLost => new(Held, ConnectionState.ReconnectRequired, IntegrationEventKind.ReconnectRequired),
        ConnectionCause.Deauthorized => new(Held, ConnectionState.ReconnectRequired, IntegrationEventKind.ReconnectRequired),
        ConnectionCause.PolicyBlocked => new([ConnectionState.Connected, ConnectionState.Degraded], ConnectionState.Suspended, IntegrationEventKind.Suspended),
        ConnectionCause.PolicyLifted => new([ConnectionState.Suspended], ConnectionState.Connected, IntegrationEventKind.Recovered),
        ConnectionCause.OwnerDisconnected => new([.. Any.Where(s => s != ConnectionState.Disconnected)], ConnectionState.Disconnected, IntegrationEventKind.Disconnected),
        ConnectionCause.AccountTransferred => new([.. Any.Where(s => s != ConnectionState.Disconnected)], ConnectionState.Disconnected, IntegrationEventKind.Disconnected),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "This cause is not in the table."),
    };

    /// <summary>The code of a cause, as events carry it.</summary>
    public static string CodeOf(ConnectionCause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());
}
