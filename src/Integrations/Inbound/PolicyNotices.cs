namespace Integrations;

/// <summary>A platform that says it blocks an account, or no longer does: the connection is suspended, or works again.</summary>
internal sealed class PolicyNotices(IIntegrationStore store, ConnectionTransitions transitions)
{
    private const int LongestReason = 300;

    /// <summary>Carries one out. A notice that comes again finds the connection moved and changes nothing.</summary>
    public async Task HandleAsync(StoredIntegration stored, InboundEvent notice, CancellationToken ct)
    {
        switch (notice.Payload)
        {
            case InboundEventKind.PolicyBlock:
                await transitions.MoveAsync(stored, ConnectionCause.PolicyBlocked, ErrorOf(notice), ct: ct);
                break;
            case InboundEventKind.PolicyLift:
                if (await transitions.MoveAsync(stored, ConnectionCause.PolicyLifted, ct: ct))
                    await store.RecordSuccessAsync(stored.Record.Key, ct);
                break;
            default:
                break; // a warning, or an action of tomorrow: kept with the messages, and nothing is known to do
        }
    }

    /// <summary>The reason is the one text of a platform's that owners read: it came signed, and is cut down to one short line.</summary>
    private static ProviderError ErrorOf(InboundEvent notice)
    {
        var reason = OwnerNoticeText.OneLine(notice.Text ?? string.Empty, LongestReason);
        return Refusal.New(ProviderErrorKind.PolicyBlocked, "policy_enforcement", reason.Length == 0
            ? "The platform blocks this account for breaking its rules."
            : $"The platform blocks this account and says: \"{reason}\"");
    }
}
