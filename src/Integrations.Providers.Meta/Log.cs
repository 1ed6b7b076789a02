using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Meta;

/// <summary>Log messages, ids 2000 to 2099. None holds an address with a query, a body or a text of Meta's.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2000, EventName = "GraphCallFailed", Level = LogLevel.Debug,
        Message = "Graph call {Method} {Path} failed: {Kind} {Code}, trace {TraceId}.")]
    public static partial void CallFailed(ILogger logger, HttpMethod method, string path, ProviderErrorKind kind, string code, string? traceId);

    [LoggerMessage(EventId = 2001, EventName = "GraphPaused", Level = LogLevel.Warning,
        Message = "Calls on the budget of {Budget} pause for {Length}: Meta says it is used up.")]
    public static partial void Paused(ILogger logger, string budget, TimeSpan length);

    [LoggerMessage(EventId = 2010, EventName = "MetaWebhookRefused", Level = LogLevel.Warning,
        Message = "A webhook call was refused: {Reason}. If it came from Meta, check the AppSecret and VerifyToken settings: Meta disables a webhook that keeps refusing.")]
    public static partial void WebhookRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 2011, EventName = "MetaWebhookUnreadable", Level = LogLevel.Warning,
        Message = "A correctly signed webhook body of {Length} bytes broke off as JSON; {Events} events were read before.")]
    public static partial void WebhookUnreadable(ILogger logger, int length, int events);

    [LoggerMessage(EventId = 2012, EventName = "MetaWebhookItemsIgnored", Level = LogLevel.Debug,
        Message = "{Count} webhook items were ignored: a dashboard test, another object, or items without an account.")]
    public static partial void WebhookItemsIgnored(ILogger logger, int count);
}
