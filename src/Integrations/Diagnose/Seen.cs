namespace Integrations;

/// <summary>
/// How an integration stood when it was looked at. Connecting, deploying, pausing, a new token and a move of the state make another:
/// whoever just repaired something is not shown what was found before.
/// </summary>
internal readonly record struct Seen(IntegrationKey Key, long TokenVersion, long ConfigurationVersion, bool IsLive, ConnectionState State, DateTime StateSince)
{
    public static Seen Of(StoredIntegration stored) => new(
        stored.Record.Key, stored.Connection.TokenVersion, stored.Connection.ConfigurationVersion, stored.Record.IsLive, stored.Connection.State, stored.Connection.StateSince);
}
