using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Facebook;

/// <summary>Log messages, ids 2100 to 2199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2100, EventName = "GreetingRefused", Level = LogLevel.Warning,
        Message = "Page {PageId} is live, and Meta refused its greeting: {Kind} {Code}.")]
    public static partial void GreetingRefused(ILogger logger, string pageId, ProviderErrorKind kind, string code);
}
