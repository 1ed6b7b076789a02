namespace Integrations;

/// <summary>
/// What a platform's refusal means, and so what happens next. Also the value of the telemetry attribute <c>error.type</c>.
/// New members may be added: treat an unknown number as <see cref="Unknown"/>.
/// </summary>
public enum ProviderErrorKind
{
    /// <summary>Not classified. Retried like <see cref="Transient"/>, a few times only.</summary>
    Unknown = 0,

    /// <summary>The platform has trouble; the same call may work later.</summary>
    Transient = 1,

    /// <summary>Too many calls; see <see cref="ProviderError.RetryAfter"/>.</summary>
    RateLimited = 2,

    /// <summary>The request left and no answer came: it may have been carried out. Never resent by itself.</summary>
    OutcomeUnknown = 3,

    /// <summary>The grant is gone: the owner must connect again.</summary>
    ReconnectRequired = 10,

    /// <summary>The person declined, or may not do this.</summary>
    AccessDenied = 11,

    /// <summary>A needed permission was not granted or was removed.</summary>
    InsufficientScope = 12,

    /// <summary>The platform's reply window for this contact has closed.</summary>
    WindowClosed = 20,

    /// <summary>This contact cannot be reached: blocked, deleted, or not known to this account.</summary>
    RecipientUnavailable = 21,

    /// <summary>This contact opted out.</summary>
    RecipientOptedOut = 22,

    /// <summary>The platform blocks the account or the content for its policies.</summary>
    PolicyBlocked = 23,

    /// <summary>Our own app is set up wrongly, for example its secret. Alarms the operator; never blamed on the connection.</summary>
    Configuration = 30,

    /// <summary>The call itself is wrong; repeating it is useless.</summary>
    InvalidRequest = 31,

    /// <summary>This provider or this connection cannot do that.</summary>
    NotAvailable = 32,
}
