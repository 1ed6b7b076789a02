using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Logs and counts how attempts to connect end.</summary>
internal sealed class ConnectEnd(ProviderRegistry providers, IntegrationsMetrics metrics, ILogger<ConnectEnd> logger)
{
    public void Tell(IntegrationType type, ConnectResult result)
    {
        if (result.Error is { } error)
            Tell(type, result.Outcome, error);
        else
            ConnectLog.ConnectEnded(logger, type, result.Outcome);
        // The type may come from an address anybody can call: unknown ones must not become values of a tag.
        if (providers.Describe(type) is not null)
            metrics.Connect(type, result.Outcome);
    }

    private void Tell(IntegrationType type, ConnectOutcome outcome, ProviderError error)
    {
        ConnectLog.ConnectRefused(logger, type, outcome, error);
        if (error.Kind == ProviderErrorKind.Configuration)
            ConnectLog.ConnectMisconfigured(logger, type, error);
    }
}
