using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Logs and counts how attempts to connect end.</summary>
internal sealed class ConnectEnd(ProviderRegistry providers, IntegrationsMetrics metrics, ILogger<ConnectEnd> logger)
{
    public void Tell(IntegrationType type, ConnectResult result)
    {
        ConnectLog.ConnectEnded(logger, type, result.Outcome, result.Error);
        // The type may come from an address anybody can call: unknown ones must not become values of a tag.
        if (providers.Describe(type) is not null)
            metrics.Connect(type, result.Outcome);
    }
}
