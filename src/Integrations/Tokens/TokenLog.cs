using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of the token runtime, events 1500-1599.</summary>
internal static partial class TokenLog
{
    [LoggerMessage(1500, LogLevel.Information, "The token of integration {IntegrationId} ({Type}) was refreshed.", EventName = "TokenRefreshed")]
    public static partial void Refreshed(ILogger logger, Guid integrationId, IntegrationType type);

    [LoggerMessage(1501, LogLevel.Warning, "Refreshing the token of integration {IntegrationId} ({Type}) failed with {Kind} ({Code}); again at {RetryAt:u}.", EventName = "TokenRefreshFailed")]
    public static partial void Failed(ILogger logger, Guid integrationId, IntegrationType type, ProviderErrorKind kind, string code, DateTime? retryAt);

    [LoggerMessage(1502, LogLevel.Warning, "Integration {IntegrationId} ({Type}) must be connected again: {Code}.", EventName = "ReconnectRequired")]
    public static partial void ReconnectRequired(ILogger logger, Guid integrationId, IntegrationType type, string code);

    [LoggerMessage(1503, LogLevel.Critical, "Provider {Type} is misconfigured: {Code}. Its connections are left as they are; correct its settings.", EventName = "ProviderMisconfigured")]
    public static partial void Misconfigured(ILogger logger, IntegrationType type, string code);

    [LoggerMessage(1504, LogLevel.Error, "The credentials of integration {IntegrationId} cannot be opened. Restore the key they were sealed with.", EventName = "TokensUnreadable")]
    public static partial void Unreadable(ILogger logger, Guid integrationId);

    [LoggerMessage(1505, LogLevel.Warning, "The provider threw {ExceptionType} while refreshing integration {IntegrationId}.", EventName = "RefreshThrew")]
    public static partial void RefreshThrew(ILogger logger, Guid integrationId, string exceptionType);

    [LoggerMessage(1506, LogLevel.Error, "The refreshed token of integration {IntegrationId} could not be stored yet; it is tried again.", EventName = "RefreshCommitRetried")]
    public static partial void CommitRetried(ILogger logger, Exception exception, Guid integrationId);

    [LoggerMessage(1507, LogLevel.Information, "A newer token of integration {IntegrationId} was stored meanwhile; it wins.", EventName = "RefreshSuperseded")]
    public static partial void Superseded(ILogger logger, Guid integrationId);

    [LoggerMessage(1508, LogLevel.Warning, "Integration {IntegrationId} is being refreshed elsewhere for too long; its token is not waited for any longer.", EventName = "RefreshLeaseBusy")]
    public static partial void LeaseBusy(ILogger logger, Guid integrationId);

    [LoggerMessage(1509, LogLevel.Error, "Due tokens could not be looked for; it is tried again.", EventName = "RefreshSweepFailed")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(1510, LogLevel.Error, "The token of integration {IntegrationId} could not be refreshed in the background.", EventName = "RefreshOfOneFailed")]
    public static partial void OneFailed(ILogger logger, Exception exception, Guid integrationId);

    [LoggerMessage(1511, LogLevel.Warning, "The host stops while refreshes are under way. Their hosts' leases run out, and others take over.", EventName = "RefreshesLeftUnderWay")]
    public static partial void LeftUnderWay(ILogger logger);

    [LoggerMessage(1512, LogLevel.Warning, "The token of integration {IntegrationId} ({Type}) was refreshed with fewer scopes than before. Lost: {Scopes}.", EventName = "ScopesReduced")]
    public static partial void ScopesReduced(ILogger logger, Guid integrationId, IntegrationType type, string scopes);
}
