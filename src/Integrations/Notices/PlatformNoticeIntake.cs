using Microsoft.Extensions.Logging;

namespace Integrations;

/// <inheritdoc cref="IPlatformNoticeIntake"/>
internal sealed class PlatformNoticeIntake(
    ProviderRegistry providers,
    IIntegrationStore store,
    IDeletionStore deletions,
    DeletionWorker worker,
    ConnectionTransitions transitions,
    TimeProvider time,
    ILogger<PlatformNoticeIntake> logger) : IPlatformNoticeIntake
{
    private const int MaxCodeLength = 64;

    // The platform's clock and ours differ; a grant this much younger than a notice is not what the notice is about.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private static readonly ProviderError Deauthorized = Refusal.New(ProviderErrorKind.ReconnectRequired, "deauthorized",
        "The person who connected this account removed the app. Connect again.");

    public async Task<PlatformNoticeReceipt> ReceiveAsync(IntegrationType type, PlatformNoticeRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (providers.WhyNot(type) is { } reason)
            throw new IntegrationException(IntegrationErrorKind.NotAvailable, reason.SafeMessage!) { Type = type };
        if (providers.Get(type) is not IPlatformNotices notices)
            throw new IntegrationException(IntegrationErrorKind.NotAvailable, $"The platform '{type}' sends no notices.") { Type = type };

        var notice = await notices.ReadNoticeAsync(request, ct);
        if (!notice.IsVerified)
        {
            var refused = notice.Reason ?? "not_verified";
            ConnectLog.NoticeRefused(logger, request.Kind, type, refused);
            return new PlatformNoticeReceipt { Reason = refused };
        }

        var concerned = await ConcernedAsync(type, notice, ct);
        return request.Kind == PlatformNoticeKind.DataDeletion
            ? await KeepAsync(type, notice, request, concerned, ct)
            : await DeauthorizeAsync(type, concerned, ct);
    }

    public async Task<DeletionStatus?> FindDeletionAsync(string confirmationCode, CancellationToken ct = default) =>
        !string.IsNullOrEmpty(confirmationCode) && confirmationCode.Length <= MaxCodeLength && await deletions.FindAsync(confirmationCode, ct) is { } kept
            ? DeletionRequests.Show(kept)
            : null;

    /// <summary>What the person authorised, of all clients and of all platforms that share the address.</summary>
    private async Task<List<StoredIntegration>> ConcernedAsync(IntegrationType type, PlatformNoticeResult notice, CancellationToken ct)
    {
        var found = new List<StoredIntegration>();
        foreach (var platform in notice.Types is { Count: > 0 } types ? types : [type])
            foreach (var key in await store.FindAuthorizedByAsync(platform, notice.AuthorizedUserId!, ct))
                if (await store.FindAsync(key, ct) is { } stored && !IsYounger(stored, notice))
                    found.Add(stored);
        return found;
    }

    /// <summary>
    /// Kept before it is answered, and carried out after that: a platform calls once and does not wait. One that concerns nobody here
    /// is answered the same way.
    /// </summary>
    private async Task<PlatformNoticeReceipt> KeepAsync(
        IntegrationType type, PlatformNoticeResult notice, PlatformNoticeRequest request, List<StoredIntegration> concerned, CancellationToken ct)
    {
        var asked = DeletionRequests.New(type, notice, request.Form, concerned.Select(s => s.Record.Key), time.GetUtcNow());
        var kept = await deletions.AcceptAsync(asked, ct);
        worker.Wake();
        var isNew = kept.DeletionId == asked.DeletionId;
        ConnectLog.NoticeCarriedOut(logger, request.Kind, type, isNew ? concerned.Count : 0);
        return new PlatformNoticeReceipt { Integrations = isNew ? concerned.Count : 0, ConfirmationCode = kept.ConfirmationCode };
    }

    /// <summary>An old notice, sent again by whoever kept it, must not break what was connected since.</summary>
    private static bool IsYounger(StoredIntegration stored, PlatformNoticeResult notice) =>
        notice.IssuedAt is { } issued && stored.Connection.TokenIssuedAt is { } connected
        && DateTime.SpecifyKind(connected, DateTimeKind.Utc) > issued.UtcDateTime + ClockDifference;

    private async Task<PlatformNoticeReceipt> DeauthorizeAsync(IntegrationType type, List<StoredIntegration> concerned, CancellationToken ct)
    {
        var changed = 0;
        foreach (var stored in concerned)
            if (await transitions.MoveAsync(stored, ConnectionCause.Deauthorized, Deauthorized, Deauthorized.SafeMessage, ct: ct))
                changed++;

        ConnectLog.NoticeCarriedOut(logger, PlatformNoticeKind.Deauthorize, type, changed);
        return new PlatformNoticeReceipt { Integrations = changed };
    }
}
