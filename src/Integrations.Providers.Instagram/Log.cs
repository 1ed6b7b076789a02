using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Instagram;

/// <summary>Log messages, ids 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2200, EventName = "IceBreakersRefused", Level = LogLevel.Warning,
        Message = "Instagram account {AccountId} is live, and its ice breakers were refused: {Kind} {Code}.")]
    public static partial void IceBreakersRefused(ILogger logger, string accountId, ProviderErrorKind kind, string code);
}
