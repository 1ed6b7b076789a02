using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>One deployed widget as it is now. Holds secrets: only <see cref="Project"/> leaves the server.</summary>
internal sealed class WidgetSite(ConnectionContext connection, IWidgetChannel channel)
{
    public IntegrationKey Key => connection.Key;

    public string AccountId => connection.AccountId;

    public WidgetSettings Settings { get; } = channel.ReadSettings(connection.Details);

    public JsonObject Project(string? locale) => channel.Project(connection.Details, locale);
}
