using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Asks a provider for fresh tokens: in time, and with every failure as a value.</summary>
internal sealed class RefreshCall(ConnectionOpener opener, PlatformCircuits circuits, IntegrationsMetrics metrics, TimeProvider time, ILogger<RefreshCall> logger)
{
    public async Task<TokenResult> RunAsync(StoredIntegration stored, IIntegrationProvider provider)
    {
        if (!opener.TryOpen(stored, provider.Descriptor, out var connection))
            return TokenResult.Failed(Refusal.CredentialsUnreadable);
        using var activity = IntegrationsTelemetry.StartRefresh(stored);
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(provider.Descriptor.Refresh.RequestTimeout, time);
        var result = await CallAsync(stored, provider, connection, timeout.Token);
        // A refresh token that can be used again is: one hiccup of the network costs nobody a wait. Any other may be spent.
        if (result.Error is { Kind: ProviderErrorKind.Transient, RetryAfter: null } && provider.Descriptor.Refresh.Rotation == RefreshTokenRotation.Reusable
            && !timeout.IsCancellationRequested)
            result = await CallAsync(stored, provider, connection, timeout.Token);
        if (result is { Succeeded: true, Tokens.AccessToken.IsEmpty: true })
            result = TokenResult.Failed(Refusal.New(ProviderErrorKind.Unknown, "empty_token", "The platform answered without a token"));
        circuits.Of(stored.Record.Type).Note(stored.Record.IntegrationId, result.Error);
        metrics.Refresh(stored.Record.Type, result.Error?.Kind, time.GetElapsedTime(started));
        if (result.Error is { } error)
            activity.Failed(TagNames.Of(error.Kind));
        return result;
    }

    private async Task<TokenResult> CallAsync(StoredIntegration stored, IIntegrationProvider provider, ConnectionContext connection, CancellationToken limit)
    {
        var context = new RefreshContext
        {
            Connection = connection,
            IssuedAt = stored.Connection.TokenIssuedAt,
            ExpiresAt = stored.Record.TokenExpiresAt,
        };
        try
        {
            // Also for a provider that does not heed its token: the lease must not run out under a call.
            return await provider.RefreshAsync(context, limit).WaitAsync(limit);
        }
#pragma warning disable CA1031 // Not swallowed: it becomes the result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TokenLog.RefreshThrew(logger, stored.Record.IntegrationId, e.GetType().Name);
            return TokenResult.Failed(ProviderFaults.OfCall(e, ProviderErrorKind.Transient));
        }
    }
}
