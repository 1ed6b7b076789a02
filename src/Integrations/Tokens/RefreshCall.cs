using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Asks a provider for fresh tokens: once, in time, and with every failure as a value.</summary>
internal sealed class RefreshCall(ConnectionOpener opener, IntegrationsMetrics metrics, TimeProvider time, ILogger<RefreshCall> logger)
{
    public async Task<TokenResult> RunAsync(StoredIntegration stored, IIntegrationProvider provider)
    {
        if (!opener.TryOpen(stored, provider.Descriptor, out var connection))
            return TokenResult.Failed(Refusal.CredentialsUnreadable);
        using var activity = IntegrationsTelemetry.StartRefresh(stored);
        var started = time.GetTimestamp();
        var result = await CallAsync(stored, provider, connection);
        if (result is { Succeeded: true, Tokens.AccessToken.IsEmpty: true })
            result = TokenResult.Failed(Refusal.New(ProviderErrorKind.Unknown, "empty_token", "The platform answered without a token"));
        metrics.Refresh(stored.Record.Type, result.Error?.Kind, time.GetElapsedTime(started));
        if (result.Error is { } error)
            activity.Failed(TagNames.Of(error.Kind));
        return result;
    }

    private async Task<TokenResult> CallAsync(StoredIntegration stored, IIntegrationProvider provider, ConnectionContext connection)
    {
        var context = new RefreshContext
        {
            Connection = connection,
            IssuedAt = stored.Connection.TokenIssuedAt,
            ExpiresAt = stored.Record.TokenExpiresAt,
        };
        using var timeout = new CancellationTokenSource(provider.Descriptor.Refresh.RequestTimeout, time);
        try
        {
            // Also for a provider that does not heed its token: the lease must not run out under a call.
            return await provider.RefreshAsync(context, timeout.Token).WaitAsync(timeout.Token);
        }
#pragma warning disable CA1031 // Not swallowed: it becomes the result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TokenLog.RefreshThrew(logger, stored.Record.IntegrationId, e.GetType().Name);
            return TokenResult.Failed(ProviderFaults.OfCall(e));
        }
    }
}
