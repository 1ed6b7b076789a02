namespace Integrations;

/// <summary>What happens to a message after an error.</summary>
internal enum MessageAction
{
    /// <summary>Tried again after a growing pause, a few times.</summary>
    Retry,

    /// <summary>The lane rests as long as the platform says.</summary>
    Throttle,

    /// <summary>Kept until the connection works again.</summary>
    AwaitReconnect,

    /// <summary>Kept until an echo proves that it arrived. Never resent.</summary>
    AwaitEcho,

    /// <summary>Set aside, and told.</summary>
    Fail,
}

/// <summary>What happens to the connection after an error.</summary>
internal enum ConnectionAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The failure is counted and shown on its row until the next success. Its state stays.</summary>
    Count,

    /// <summary>Counted; and if the platform confirms it, the owner must connect again.</summary>
    ConfirmLost,

    /// <summary>Counted, and the account is left alone for a while.</summary>
    Suspend,

    /// <summary>Counted, and the operator is alarmed: our own app is set up wrongly, so the state stays.</summary>
    Alarm,
}

/// <summary>What happens after a failed refresh.</summary>
internal enum RefreshAction
{
    /// <summary>Tried again later; the present token is served while it is valid.</summary>
    BackOff,

    /// <summary>The grant is gone, unless a newer token was stored meanwhile.</summary>
    GrantLost,

    /// <summary>Our own app is set up wrongly: the operator is alarmed, the state stays.</summary>
    Alarm,
}

/// <summary>The one map from what a platform's refusal means to what is done about it.</summary>
internal static class ErrorActions
{
    public static (MessageAction Message, ConnectionAction Connection) ForSend(ProviderErrorKind kind) => kind switch
    {
        ProviderErrorKind.RateLimited => (MessageAction.Throttle, ConnectionAction.Count),
        ProviderErrorKind.OutcomeUnknown => (MessageAction.AwaitEcho, ConnectionAction.Count),
        ProviderErrorKind.ReconnectRequired => (MessageAction.AwaitReconnect, ConnectionAction.ConfirmLost),
        ProviderErrorKind.InsufficientScope => (MessageAction.AwaitReconnect, ConnectionAction.ConfirmLost),
        ProviderErrorKind.PolicyBlocked => (MessageAction.Fail, ConnectionAction.Suspend),
        ProviderErrorKind.Configuration => (MessageAction.Retry, ConnectionAction.Alarm),
        ProviderErrorKind.AccessDenied => (MessageAction.Fail, ConnectionAction.Count),
        ProviderErrorKind.WindowClosed => (MessageAction.Fail, ConnectionAction.Count),
        ProviderErrorKind.RecipientUnavailable => (MessageAction.Fail, ConnectionAction.Count),
        ProviderErrorKind.RecipientOptedOut => (MessageAction.Fail, ConnectionAction.Count),
        ProviderErrorKind.InvalidRequest => (MessageAction.Fail, ConnectionAction.Count),
        ProviderErrorKind.NotAvailable => (MessageAction.Fail, ConnectionAction.None),
        _ => (MessageAction.Retry, ConnectionAction.Count), // Transient, Unknown, and kinds of a newer provider
    };

    public static RefreshAction ForRefresh(ProviderErrorKind kind) => kind switch
    {
        ProviderErrorKind.ReconnectRequired => RefreshAction.GrantLost,
        ProviderErrorKind.InsufficientScope => RefreshAction.GrantLost,
        ProviderErrorKind.AccessDenied => RefreshAction.GrantLost,
        ProviderErrorKind.Configuration => RefreshAction.Alarm,
        _ => RefreshAction.BackOff,
    };
}
