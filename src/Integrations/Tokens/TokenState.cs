namespace Integrations;

/// <summary>Reads off a stored connection whether its token can be handed out, or must be refreshed first.</summary>
internal static class TokenState
{
    /// <summary>The code of an error that ends by itself: whoever needs the token waits.</summary>
    public const string BackingOffCode = "refresh_backing_off";

    /// <summary>The outcome without a refresh. Null if one is needed.</summary>
    /// <param name="stored">The connection as read now.</param>
    /// <param name="descriptor">Its platform.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="now">UTC.</param>
    public static TokenOutcome? Settle(StoredIntegration stored, IntegrationDescriptor descriptor, RefreshRequest request, DateTime now)
    {
        var (record, connection) = (stored.Record, stored.Connection);
        if (connection.State is ConnectionState.Pending or ConnectionState.Disconnected)
            return TokenOutcome.Failed(stored, Refusal.New(ProviderErrorKind.NotAvailable, "not_connected", "The integration is not connected to an account. Connect it first."));
        if (descriptor.Authorization == AuthorizationKind.None || (record.AuthToken is null && descriptor.Refresh.Mode == RefreshMode.None))
            return TokenOutcome.Usable(stored); // the platform needs no token
        if (connection.State == ConnectionState.ReconnectRequired && request.Reason != RefreshReason.Demanded)
            return TokenOutcome.Failed(stored, ReconnectRequired(connection.StateReason));

        var hasExpired = RefreshSchedule.HasExpired(stored, now);
        return request.Reason switch
        {
            RefreshReason.Demanded => null,
            RefreshReason.Rejected when connection.TokenVersion > request.RejectedVersion => TokenOutcome.Usable(stored),
            RefreshReason.Rejected => IsBackingOff(stored, now) ? TokenOutcome.Failed(stored, BackingOff(stored, now)) : null,
            _ when hasExpired => IsBackingOff(stored, now) ? TokenOutcome.Failed(stored, BackingOff(stored, now)) : null,
            _ => RefreshSchedule.IsDue(stored, now) && descriptor.Refresh.Mode != RefreshMode.None ? null : TokenOutcome.Usable(stored),
        };
    }

    /// <summary>
    /// True while a refresh that failed is not to be repeated yet. A token is due before it expires: one that has expired and is
    /// due later was tried, also where the failure did not count.
    /// </summary>
    public static bool IsBackingOff(StoredIntegration stored, DateTime now) =>
        stored.Connection.RefreshDueAt > now && (stored.Connection.RefreshFailureCount > 0 || RefreshSchedule.HasExpired(stored, now));

    /// <summary>The present token while it is good for what is asked, else the error.</summary>
    public static TokenOutcome Present(StoredIntegration stored, RefreshRequest request, ProviderError error, DateTime now) =>
        request.Reason == RefreshReason.Due && stored.Record.AuthToken is not null && !RefreshSchedule.HasExpired(stored, now)
            ? TokenOutcome.Usable(stored)
            : TokenOutcome.Failed(stored, error);

    /// <summary>The platform fails for everybody, and is left alone for a while.</summary>
    public static ProviderError Resting(TimeSpan rest, ProviderError cause) => new()
    {
        Kind = cause.Kind == ProviderErrorKind.Configuration ? ProviderErrorKind.Configuration : ProviderErrorKind.Transient,
        Code = BackingOffCode,
        SafeMessage = $"The token cannot be used, and refreshing fails for every account of this platform at the moment ({cause.Code}); it is tried again by itself",
        RetryAfter = rest,
    };

    public static ProviderError ReconnectRequired(string? reason) => Refusal.New(ProviderErrorKind.ReconnectRequired, "reconnect_required",
        reason is null ? "The owner must connect the account again." : $"The owner must connect the account again. Cause: {reason}");

    private static ProviderError BackingOff(StoredIntegration stored, DateTime now) => new()
    {
        Kind = ProviderErrorKind.Transient,
        Code = BackingOffCode,
        SafeMessage = "The token cannot be used and its refresh failed a moment ago; it is tried again by itself",
        RetryAfter = stored.Connection.RefreshDueAt - now,
    };
}
