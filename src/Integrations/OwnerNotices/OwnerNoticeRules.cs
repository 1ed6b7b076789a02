namespace Integrations;

/// <summary>
/// Which events an owner is told of. Only what needs him, or ends what he was told: never trouble that passes without him.
/// </summary>
/// <remarks>
/// A connection that breaks and mends by itself, again and again, must not fill a mailbox, and the last notice must never be better
/// than the truth. So within the quiet time after bad news, neither its end nor the same news again is told: at most one of each in
/// that time. Connecting again ends the matter: what breaks after it is news.
/// </remarks>
internal static class OwnerNoticeRules
{
    /// <summary>Whether this kind of event may be told at all.</summary>
    public static bool Concerns(IntegrationEvent happened) => happened.Kind switch
    {
        IntegrationEventKind.ReconnectRequired or IntegrationEventKind.Suspended or IntegrationEventKind.Recovered
            or IntegrationEventKind.ScopesReduced or IntegrationEventKind.ExpiryWarning => true,
        IntegrationEventKind.Disconnected => happened.Cause == TakenOver,
        _ => false,
    };

    /// <summary>Whether an event is told, after these.</summary>
    /// <param name="history">What happened to the integration before, oldest first.</param>
    /// <param name="kind">What happened now.</param>
    /// <param name="at">When.</param>
    /// <param name="quietTime">How long after bad news its end and its repetition are not told.</param>
    public static bool Tells(IEnumerable<(IntegrationEventKind Kind, DateTime At)> history, IntegrationEventKind kind, DateTime at, TimeSpan quietTime)
    {
        var told = new Dictionary<IntegrationEventKind, DateTime>(); // bad news of late
        var standing = false; // bad news whose end was not told
        foreach (var past in history)
            Next(past.Kind, past.At);
        return Next(kind, at);

        bool Next(IntegrationEventKind next, DateTime when)
        {
            switch (next)
            {
                case IntegrationEventKind.Connected or IntegrationEventKind.Disconnected:
                    told.Clear();
                    standing = false;
                    return true;
                case IntegrationEventKind.Recovered:
                    if (!standing || told.Any(t => t.Key != IntegrationEventKind.ScopesReduced && when - t.Value < quietTime))
                        return false;
                    standing = false;
                    return true;
                case IntegrationEventKind.ReconnectRequired or IntegrationEventKind.Suspended or IntegrationEventKind.ScopesReduced:
                    if (told.TryGetValue(next, out var last) && when - last < quietTime)
                        return false;
                    told[next] = when;
                    standing |= next != IntegrationEventKind.ScopesReduced;
                    return true;
                default:
                    return true;
            }
        }
    }

    /// <summary>The cause of a warning that the person's consent ends, and not the token.</summary>
    public const string ConsentEnds = "consent_ends";

    /// <summary>The cause of a disconnect whose account another integration took.</summary>
    public const string TakenOver = "account_transferred";
}
