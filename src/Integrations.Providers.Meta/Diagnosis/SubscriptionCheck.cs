namespace Integrations.Providers.Meta;

/// <summary>Whether an account sends its events to the app.</summary>
internal sealed class SubscriptionCheck(AppSubscription subscription)
{
    /// <param name="target">The account.</param>
    /// <param name="wanted">The fields that are asked for.</param>
    /// <param name="minimal">Those without which messages are lost.</param>
    /// <param name="isLive">Whether anything is expected.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ConnectionCheck> RunAsync(
        SubscriptionTarget target, IReadOnlyList<string> wanted, IReadOnlyList<string> minimal, bool isLive, CancellationToken ct)
    {
        if (!isLive)
            return ConnectionCheck.Skipped(WellKnownChecks.Subscription, CheckTitles.Subscription, "Not live, so no subscription is expected.");
        var (present, error) = await subscription.ReadAsync(target, ct);
        if (error is not null)
            return ConnectionCheck.Refused(WellKnownChecks.Subscription, CheckTitles.Subscription, error);
        var missing = wanted.Except(present ?? []).ToList();
        if (Needed(wanted, minimal).Except(present ?? []).Any())
            return ConnectionCheck.Failed(
                WellKnownChecks.Subscription, CheckTitles.Subscription,
                present is null ? "The app is not subscribed to the account: Meta sends none of its messages." : $"Not subscribed to: {string.Join(", ", missing)}.",
                "It is restored by itself within the check interval of a host that runs workers; deploying the chat again restores it at once. Meta takes it away after an hour of failed webhooks: look at the webhook address too.");
        return missing.Count == 0
            ? ConnectionCheck.Ok(WellKnownChecks.Subscription, CheckTitles.Subscription, $"Subscribed to {string.Join(", ", wanted)}.")
            : ConnectionCheck.Warning(
                WellKnownChecks.Subscription, CheckTitles.Subscription, $"Messages arrive. These kinds of events do not: {string.Join(", ", missing)}.",
                "Meta refuses these fields for this app, or they were taken away. Deploy the chat again to ask for them, or leave them out of SubscribedFields.");
    }

    /// <summary>Whether messages arrive. What Meta refused at the activation is not missed.</summary>
    public async Task<ActivationProbeResult> ProbeAsync(SubscriptionTarget target, IReadOnlyList<string> wanted, IReadOnlyList<string> minimal, CancellationToken ct)
    {
        var (present, error) = await subscription.ReadAsync(target, ct);
        if (error is not null)
            return ActivationProbeResult.Failed(error);
        return present is not null && !Needed(wanted, minimal).Except(present).Any() ? ActivationProbeResult.Active : ActivationProbeResult.Lost;
    }

    // A host may want less than the usual minimum.
    private static List<string> Needed(IReadOnlyList<string> wanted, IReadOnlyList<string> minimal)
    {
        var needed = minimal.Intersect(wanted).ToList();
        return needed.Count > 0 ? needed : [.. wanted];
    }
}
