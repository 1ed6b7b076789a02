using System.Security.Claims;

namespace Integrations.AspNetCore;

/// <summary>Settings of the endpoints. All have defaults; the path prefix and the public address are in <see cref="IntegrationsOptions"/>.</summary>
public sealed class IntegrationsEndpointOptions
{
    /// <summary>The claim that holds the client id, a GUID. Default <c>client_id</c>.</summary>
    public string ClientIdClaim { get; set; } = "client_id";

    /// <summary>The claim that names the person. Default <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>.</summary>
    public string UserIdClaim { get; set; } = ClaimTypes.NameIdentifier;

    /// <summary>
    /// A local path of the host that shows the account choice. It gets <c>integration_choice=…</c>, to be used with the management
    /// API. Null (the default) for the built-in page.
    /// </summary>
    public string? AccountPagePath { get; set; }

    /// <summary>
    /// A local path of the host that explains a failed connect. It gets <c>integration=failed</c> and <c>integration_error=…</c>.
    /// Null (the default) for the built-in page.
    /// </summary>
    public string? FailurePagePath { get; set; }

    /// <summary>The largest webhook body taken, in bytes; a larger one is answered with 413. Default 1 MiB.</summary>
    public int MaxWebhookBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest form a deauthorise or data-deletion notice may have, in bytes. Default 64 KiB.</summary>
    public int MaxNoticeBytes { get; set; } = 64 * 1024;

    /// <summary>The largest body of a management call, in bytes. Default 1 MiB.</summary>
    public int MaxManagementBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many connects one signed-in person may start in a minute on one host; more are answered with 429. Default 30. How many a
    /// client may have under way is <see cref="IntegrationsOptions.MaxPendingAuthorizations"/>.
    /// </summary>
    public int MaxConnectsPerMinute { get; set; } = 30;

    /// <summary>
    /// How many callbacks one network address may make in a minute on one host; more are answered with 429. Default 300. Behind a
    /// proxy, have it forward the address (<c>UseForwardedHeaders</c>): otherwise all people count as one.
    /// </summary>
    public int MaxCallbacksPerMinute { get; set; } = 300;

    /// <summary>Settings of the chat widget's endpoints.</summary>
    public IntegrationsWidgetOptions Widget { get; } = new();

    /// <summary>When a platform should send again what could not be stored, as <c>Retry-After</c>. Default 30 seconds.</summary>
    public TimeSpan StoreFailureRetryAfter { get; set; } = TimeSpan.FromSeconds(30);
}
