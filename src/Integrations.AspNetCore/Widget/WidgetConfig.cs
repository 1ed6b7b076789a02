using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.AspNetCore;

/// <summary>The configuration browsers get, with the version that tells two apart.</summary>
internal sealed class WidgetConfig
{
    private const int MaxFiles = 5;
    private const int VersionLength = 12;

    private WidgetConfig(string json, string version) => (Json, Version) = (json, version);

    public string Json { get; }

    public string Version { get; }

    public static WidgetConfig Of(WidgetSite site, string? locale, IWidgetUploads? uploads)
    {
        var config = site.Project(locale);
        config["attachments"] = uploads is null ? null : new JsonObject
        {
            ["types"] = new JsonArray([.. uploads.Types.Select(t => (JsonNode)t)]),
            ["max_bytes"] = uploads.MaxBytes,
            ["max_count"] = MaxFiles,
        };
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(config.ToJsonString())))[..VersionLength];
        config["config_version"] = version;
        return new WidgetConfig(config.ToJsonString(), version);
    }
}
