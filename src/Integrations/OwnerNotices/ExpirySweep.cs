using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Warns 14, 7 and 1 days before a connection ends that nothing but its owner can prolong. Safe on every host at once: the outbox
/// takes a warning once. After the first run it reads only what has just come near, however many rows there are.
/// </summary>
internal sealed class ExpirySweep(
    IIntegrationStore store,
    IEventOutbox outbox,
    EventFactory events,
    ProviderRegistry providers,
    IOptions<IntegrationsOptions> options,
    TimeProvider time,
    ILogger<ExpirySweep> logger) : RepeatingWorker
{
    private const int Page = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTime? _lookedAt;

    /// <summary>Warns of all that have come near.</summary>
    /// <returns>How many warnings are new.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var warned = 0;
        foreach (var kind in Enum.GetValues<ExpiryKind>())
        {
            if (TypesOf(policy => kind == ExpiryKind.Consent || Expiries.Final(policy) == kind) is { Length: > 0 } final)
                foreach (var (after, until) in Expiries.Windows(now, _lookedAt))
                    warned += await WarnAsync(new ExpiryQuery { Kind = kind, Types = final, After = after, Until = until }, now, ct);
            if (TypesOf(policy => Expiries.WhileFailing(policy).Contains(kind)) is { Length: > 0 } failing)
            {
                var (after, until) = Expiries.Window(now);
                warned += await WarnAsync(
                    new ExpiryQuery { Kind = kind, Types = failing, After = after, Until = until, FailingSince = now - Expiries.FailingFor }, now, ct);
            }
        }

        // Only now: what a fault has cut short is looked for again.
        _lookedAt = now;
        return warned;
    }

    protected override bool IsWanted => options.Value.RunWorkers;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await SweepSafelyAsync(ct);
        await Task.Delay(RetryDelays.Jitter(Interval, 0.1), time, ct);
    }

    private async Task SweepSafelyAsync(CancellationToken ct)
    {
        try
        {
            if (await SweepAsync(ct) is > 0 and var warned)
                OwnerLog.Warned(logger, warned);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            OwnerLog.ExpirySweepFailed(logger, e);
        }
    }

    private IntegrationType[] TypesOf(Func<RefreshPolicy, bool> applies) =>
        [.. providers.Installed.Select(p => p.Descriptor).Where(d => applies(d.Refresh)).Select(d => d.Type)];

    private async Task<int> WarnAsync(ExpiryQuery query, DateTime now, CancellationToken ct)
    {
        var warned = 0;
        var (after, afterId) = (query.After, (Guid?)null);
        while (true)
        {
            var page = await store.ListExpiringAsync(new ExpiryQuery
            {
                Kind = query.Kind, Types = query.Types, After = after, AfterId = afterId, Until = query.Until, FailingSince = query.FailingSince, Limit = Page,
            }, ct);
            foreach (var stored in page)
            {
                (after, afterId) = (Expiries.EndOf(query.Kind, stored.Record, stored.Connection)!.Value, stored.Record.IntegrationId);
                // A token that was just renewed says nothing of the consent behind it.
                var issuedAt = query.Kind == ExpiryKind.Consent ? null : stored.Connection.TokenIssuedAt;
                if (Expiries.Mark(after, issuedAt, now) is { } days && await AppendAsync(stored, query.Kind, after, days, ct))
                    warned++;
            }

            if (page.Count < Page)
                return warned;
        }
    }

    private Task<bool> AppendAsync(StoredIntegration stored, ExpiryKind kind, DateTime end, int days, CancellationToken ct) => outbox.AppendAsync(
        stored.Record.Key,
        events.Create(
            IntegrationEventKind.ExpiryWarning,
            new EventData
            {
                AccountName = stored.Connection.AccountName,
                Cause = kind == ExpiryKind.Consent ? OwnerNoticeRules.ConsentEnds : null,
                ExpiresAt = new DateTimeOffset(end),
            },
            // In whole seconds: databases keep fewer digits of a time than .NET.
            dedupeKey: string.Create(CultureInfo.InvariantCulture, $"{(kind == ExpiryKind.Consent ? "consent" : "expiry")}:{new DateTimeOffset(end).ToUnixTimeSeconds()}:{days}")),
        ct);
}
