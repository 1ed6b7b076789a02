using Microsoft.Extensions.Logging;

namespace Integrations.AspNetCore;

/// <summary>Everything this package logs: ids 4000 to 4099. What became of a call is logged by the runtime. Never an address with its query, a header, a body or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Warning, "The cookie policy's MinimumSameSitePolicy is Strict: browsers will not send the connect cookie when they come back from a platform, and every connect ends as browser_mismatch. Set it to Lax or Unspecified.", EventName = "CookiePolicyIsStrict")]
    public static partial void CookiePolicyIsStrict(ILogger logger);

    [LoggerMessage(4001, LogLevel.Warning, "The log category Microsoft.AspNetCore.Hosting.Diagnostics writes whole addresses at Information level, and those of OAuth callbacks and webhook handshakes hold codes and tokens. Set its level to Warning.", EventName = "RequestLogHoldsCodes")]
    public static partial void RequestLogHoldsCodes(ILogger logger);

    [LoggerMessage(4002, LogLevel.Warning, "Someone is signed in, and the claims {ClientIdClaim} (a GUID) and {UserIdClaim} do not tell for which client. Name the right claims with AddEndpoints(o => ...), or register an IIntegrationUserAccessor with AddUserAccessor.", EventName = "ClaimsMissing")]
    public static partial void ClaimsMissing(ILogger logger, string clientIdClaim, string userIdClaim);

    [LoggerMessage(4003, LogLevel.Warning, "No IIntegrationChatGuard is registered: whoever is signed in may connect and deploy any chat id, also another client's. Register one with AddChatGuard.", EventName = "ChatsAreNotGuarded")]
    public static partial void ChatsAreNotGuarded(ILogger logger);

    [LoggerMessage(4011, LogLevel.Warning, "A form for {IntegrationType} was refused: the request did not come from a page of {Origin}.", EventName = "ForeignOrigin")]
    public static partial void ForeignOrigin(ILogger logger, IntegrationType integrationType, string origin);

    [LoggerMessage(4012, LogLevel.Information, "A credential form for {IntegrationType} was refused: {Outcome}.", EventName = "FormRefused")]
    public static partial void FormRefused(ILogger logger, IntegrationType integrationType, ConnectOutcome outcome);

    [LoggerMessage(4021, LogLevel.Warning, "A webhook call for {IntegrationType} was refused: its body is larger than {Limit} bytes (MaxWebhookBytes).", EventName = "WebhookTooLarge")]
    public static partial void WebhookTooLarge(ILogger logger, IntegrationType integrationType, int limit);

    [LoggerMessage(4022, LogLevel.Error, "A webhook call for {IntegrationType} could not be stored; the platform was asked to send it again.", EventName = "WebhookNotStored")]
    public static partial void WebhookNotStored(ILogger logger, Exception exception, IntegrationType integrationType);

    [LoggerMessage(4032, LogLevel.Error, "A {Kind} notice for {IntegrationType} could not be carried out; the platform was asked to send it again.", EventName = "NoticeFailed")]
    public static partial void NoticeFailed(ILogger logger, Exception exception, PlatformNoticeKind kind, IntegrationType integrationType);

    [LoggerMessage(4040, LogLevel.Error, "A request failed as {Kind}.", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, IntegrationErrorKind kind);

    [LoggerMessage(4050, LogLevel.Information, "A page of {Origin} tried to use widget {IntegrationId}, which allows other origins only (allowed_origins).", EventName = "WidgetOriginRefused")]
    public static partial void WidgetOriginRefused(ILogger logger, string origin, Guid integrationId);

    [LoggerMessage(4051, LogLevel.Information, "An identity for widget {IntegrationId} was refused: {Reason}.", EventName = "WidgetIdentityRefused")]
    public static partial void WidgetIdentityRefused(ILogger logger, Guid integrationId, string reason);

    [LoggerMessage(4052, LogLevel.Error, "A widget's live stream ended because its conversation could not be read; the browser connects again.", EventName = "WidgetStreamFailed")]
    public static partial void WidgetStreamFailed(ILogger logger, Exception exception);

    [LoggerMessage(4053, LogLevel.Warning, "This host has {Count} live streams, as many as it may (MaxStreams); a visitor was asked to come back.", EventName = "WidgetStreamsFull")]
    public static partial void WidgetStreamsFull(ILogger logger, int count);

    [LoggerMessage(4054, LogLevel.Error, "A visitor's message for widget {IntegrationId} could not be stored; the browser sends it again.", EventName = "WidgetMessageNotStored")]
    public static partial void WidgetMessageNotStored(ILogger logger, Exception exception, Guid integrationId);
}
