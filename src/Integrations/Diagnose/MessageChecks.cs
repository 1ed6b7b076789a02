namespace Integrations;

/// <summary>Checks of the messages of late: are they what is usual here, and may they be answered.</summary>
internal sealed class MessageChecks(IMessageInbox inbox, TimeProvider time)
{
    private const int Sample = 200;
    private const string LookAtAccount = "look at the subscription, the webhook and the app's mode.";
    private const string LookAtWidget = "look at the script's address and allowed_origins, and at the console of the browser.";
    private static readonly TimeSpan AlwaysNormal = TimeSpan.FromHours(24);

    /// <summary>Both checks, and when the last message arrived.</summary>
    public async Task<(ConnectionCheck LastInbound, ConnectionCheck Window, DateTime? LastAt)> RunAsync(
        StoredIntegration stored, IIntegrationProvider provider, CancellationToken ct)
    {
        var messages = await inbox.ListAsync(new MessageQuery { Key = stored.Record.Key, Limit = Sample }, ct);
        // Newest first. Whole events: a delivery receipt proves the webhook as well as a message does.
        var arrivals = messages.Where(m => m.Direction == MessageDirection.Inbound).Select(m => m.ReceivedAt).OrderDescending().ToList();
        var written = messages.Where(m => m is { Direction: MessageDirection.Inbound, ContactId: not null }
            && m.Kind is "message" or "postback").Select(m => (DateTime?)m.ReceivedAt).Max();
        return (LastInbound(stored, arrivals, provider is IWidgetChannel), Window(provider.Descriptor.Messaging, written, messages), arrivals.Count > 0 ? arrivals[0] : null);
    }

    private ConnectionCheck LastInbound(StoredIntegration stored, List<DateTime> arrivals, bool isWidget)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!stored.Record.IsLive)
            return Skipped("Not live, so nothing is expected.");
        if (arrivals.Count == 0)
        {
            var liveFor = now - (stored.Record.DeployedAt ?? stored.Connection.StateSince);
            return liveFor <= AlwaysNormal
                ? ConnectionCheck.Ok(WellKnownChecks.LastInbound, CheckTitles.LastInbound, $"Nothing has arrived yet; live for {CheckText.Of(liveFor)}.")
                : Warning(
                    stored.Record.MessageCount == 0
                        ? $"Nothing has ever arrived; live for {CheckText.Of(liveFor)}."
                        : "Nothing of late is kept; older messages were erased.",
                    isWidget ? $"Write a message on a page that shows the widget. If it does not arrive, {LookAtWidget}"
                        : $"Write a message to the account from a private profile. If it does not arrive, {LookAtAccount}");
        }

        var silence = now - arrivals[0];
        var usual = arrivals.Zip(arrivals.Skip(1), (newer, older) => newer - older).DefaultIfEmpty(TimeSpan.Zero).Max();
        var expected = usual * 3 > AlwaysNormal ? usual * 3 : AlwaysNormal;
        var evidence = $"The last event arrived {CheckText.Of(arrivals[0])}, {CheckText.Of(silence)} ago; the longest silence among the last {CheckText.Count(arrivals.Count, "event")} was {CheckText.Of(usual)}.";
        return silence <= expected
            ? ConnectionCheck.Ok(WellKnownChecks.LastInbound, CheckTitles.LastInbound, evidence)
            : Warning(evidence, $"It is quieter than usual. Write a message {(isWidget ? "on a page that shows the widget" : "to the account")}; if it does not arrive, {(isWidget ? LookAtWidget : LookAtAccount)}");

        static ConnectionCheck Skipped(string why) => ConnectionCheck.Skipped(WellKnownChecks.LastInbound, CheckTitles.LastInbound, why);
        static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.LastInbound, CheckTitles.LastInbound, evidence, fix);
    }

    private ConnectionCheck Window(MessagingPolicy policy, DateTime? lastWritten, IReadOnlyList<StoredMessage> messages)
    {
        if (policy.ReplyWindow is not { } window)
            return ConnectionCheck.Skipped(WellKnownChecks.ReplyWindow, CheckTitles.ReplyWindow, "The platform lets a contact be answered at any time.");
        var since = time.GetUtcNow().UtcDateTime - window;
        var refused = messages.Count(m => m is { Direction: MessageDirection.Outbound, State: MessageState.Failed, LastError: { } error }
            && m.SettledAt > since && error.StartsWith(nameof(ProviderErrorKind.WindowClosed), StringComparison.Ordinal));
        if (refused > 0)
            return ConnectionCheck.Warning(
                WellKnownChecks.ReplyWindow, CheckTitles.ReplyWindow, $"{CheckText.Count(refused, "message")} of the last {CheckText.Of(window)} came too late: a contact may be answered for {CheckText.Of(window)} after it last wrote.",
                "Answer sooner, or wait until the contact writes again. Sending again does not help.");
        return ConnectionCheck.Ok(WellKnownChecks.ReplyWindow, CheckTitles.ReplyWindow, lastWritten is { } at && at > since
            ? $"A contact may be answered for {CheckText.Of(window)} after it last wrote; the latest wrote {CheckText.Of(at)}."
            : $"Nobody wrote within the last {CheckText.Of(window)}, so nobody can be answered until somebody writes. No message was refused for it.");
    }
}
