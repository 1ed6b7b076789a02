using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>One deployed widget as it is now. Holds secrets: only <see cref="Project"/> leaves the server.</summary>
internal sealed class WidgetSite(ConnectionContext connection, IWidgetChannel channel)
{
    private string? _version;

    public IntegrationKey Key => connection.Key;

    public string AccountId => connection.AccountId;

    public WidgetSettings Settings { get; } = channel.ReadSettings(connection.Details);

    /// <summary>The version of the configuration. Every ping of every stream asks, so it is worked out once.</summary>
    public string Version(IWidgetUploads? uploads) => _version ??= WidgetConfig.Of(this, null, uploads).Version;

    public JsonObject Project(string? locale) => channel.Project(connection.Details, locale);
}
