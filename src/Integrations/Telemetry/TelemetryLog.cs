using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of the runtime's own observation, events 1990-1999.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(1990, LogLevel.Warning, "The connections could not be counted; their metrics are left out until it succeeds.", EventName = "ConnectionsNotCounted")]
    public static partial void CensusFailed(ILogger logger, Exception exception);
}
