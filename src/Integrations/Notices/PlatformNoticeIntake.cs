using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <inheritdoc cref="IPlatformNoticeIntake"/>
internal sealed class PlatformNoticeIntake(
    ProviderRegistry providers,
    IIntegrationStore store,
    IAuthorizationStore authorizations,
    AuthorizationKeeper keeper,
    Disconnector disconnector,
    ConnectionTransitions transitions,
    TimeProvider time,
    ILogger<PlatformNoticeIntake> logger) : IPlatformNoticeIntake
{
    private static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromDays(90);

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
            Log.NoticeRefused(logger, request.Kind, type, refused);
            return new PlatformNoticeReceipt { Reason = refused };
        }

        var concerned = 0;
        foreach (var platform in notice.Types is { Count: > 0 } types ? types : [type])
            foreach (var key in await store.FindAuthorizedByAsync(platform, notice.AuthorizedUserId, ct))
                if (await store.FindAsync(key, ct) is { } stored && !IsYounger(stored, notice) && await CarryOutAsync(request.Kind, stored, ct))
                    concerned++;
        Log.NoticeCarriedOut(logger, request.Kind, type, concerned);
        var code = request.Kind == PlatformNoticeKind.DataDeletion ? await RememberAsync(type, ct) : null;
        return new PlatformNoticeReceipt { Integrations = concerned, ConfirmationCode = code };
    }

    public async Task<bool> IsKnownConfirmationAsync(string confirmationCode, CancellationToken ct = default)
    {
        if (string.IsNullOrEmpty(confirmationCode) || confirmationCode.Length > 64)
            return false;
        var kept = await authorizations.FindAsync(Handles.Hash(new Secret(confirmationCode), AuthorizationPurpose.DataDeletion), ct);
        return kept is { Purpose: AuthorizationPurpose.DataDeletion } && kept.ExpiresAt > time.GetUtcNow().UtcDateTime;
    }

    /// <summary>An old notice, sent again by whoever kept it, must not break what was connected since.</summary>
    private static bool IsYounger(StoredIntegration stored, PlatformNoticeResult notice) =>
        notice.IssuedAt is { } issued && stored.Connection.TokenIssuedAt is { } connected
        && DateTime.SpecifyKind(connected, DateTimeKind.Utc) > issued.UtcDateTime + ClockDifference;

    private async Task<bool> CarryOutAsync(PlatformNoticeKind kind, StoredIntegration stored, CancellationToken ct)
    {
        if (kind == PlatformNoticeKind.DataDeletion)
            return await disconnector.WipeAsync(stored);
        return await transitions.MoveAsync(stored, ConnectionCause.Deauthorized, Deauthorized, Deauthorized.SafeMessage, ct: ct);
    }

    private async Task<string> RememberAsync(IntegrationType type, CancellationToken ct)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        // Belongs to no client: a person's grants may reach over several.
        await keeper.SaveAsync(new Secret(code), AuthorizationPurpose.DataDeletion, new AuthorizationBinding
        {
            ClientId = Guid.Empty, ChatId = Guid.Empty, Type = type, UserBinding = string.Empty, BrowserHash = string.Empty,
        }, default, time.GetUtcNow() + ConfirmationLifetime, ct);
        return code;
    }
}
