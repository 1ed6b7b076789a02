using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>The public addresses of this host's endpoints, made from <see cref="IntegrationsOptions.PublicBaseUri"/>. Thread-safe.</summary>
/// <param name="options">The settings.</param>
public sealed class IntegrationAddresses(IOptions<IntegrationsOptions> options)
{
    // Every opened connection carries one; the types are those of the installed providers.
    private readonly ConcurrentDictionary<IntegrationType, Uri> _webhooks = new();

    /// <summary>The OAuth callback of a type, exactly as it is registered with the platform.</summary>
    public Uri Callback(IntegrationType type) => Build($"{type}/callback");

    /// <summary>The webhook of a type.</summary>
    public Uri Webhook(IntegrationType type) => Build($"{type}/webhook");

    /// <summary>The deauthorise notice endpoint of a type.</summary>
    public Uri Deauthorize(IntegrationType type) => Build($"{type}/deauthorize");

    /// <summary>The data-deletion notice endpoint of a type.</summary>
    public Uri DataDeletion(IntegrationType type) => Build($"{type}/data-deletion");

    /// <summary>The page that tells a person how a deletion stands.</summary>
    public Uri DeletionStatus(IntegrationType type, string confirmationCode) =>
        Build($"{type}/data-deletion/{Uri.EscapeDataString(confirmationCode)}");

    /// <summary>Something of the chat widget, for example <c>v1/widget.js</c>.</summary>
    public Uri Widget(string path) => Build($"widget/{path}");

    /// <summary>The webhook of a type. Null if no public address is set.</summary>
    internal Uri? FindWebhook(IntegrationType type) => options.Value.PublicBaseUri is null ? null : _webhooks.GetOrAdd(type, Webhook);

    /// <summary>Something of the chat widget. Null if no public address is set.</summary>
    internal Uri? FindWidget(string path) => options.Value.PublicBaseUri is null ? null : Widget(path);

    private Uri Build(string path)
    {
        var settings = options.Value;
        var origin = settings.PublicBaseUri ?? throw new IntegrationException(
            IntegrationErrorKind.Configuration, "Integrations:PublicBaseUri is not set. Set it to the https address browsers reach this host at.");
        return new Uri($"{origin.AbsoluteUri.TrimEnd('/')}/{settings.PathPrefix.Trim('/')}/{path}");
    }
}
