using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Asks a provider to send: once, in time, and with every failure as a value.</summary>
internal sealed class SendCall(IntegrationsMetrics metrics, TimeProvider time, ILogger<SendCall> logger)
{
    /// <summary>How long a platform may take to answer.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <param name="sender">The provider.</param>
    /// <param name="context">What to send.</param>
    /// <param name="type">The platform, for metrics.</param>
    /// <param name="messageId">The message, for the log.</param>
    /// <param name="ct">The lease is lost or the host's patience is over. A call under way is then of unknown outcome.</param>
    public async Task<SendResult> SendAsync(IMessageSender sender, SendContext context, IntegrationType type, Guid messageId, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        SendResult result;
        var started = time.GetTimestamp();
        try
        {
            result = await sender.SendAsync(context, either.Token).WaitAsync(either.Token);
        }
#pragma warning disable CA1031 // Not swallowed: it becomes the result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var error = ProviderFaults.OfSend(e);
            MessageLog.SendThrew(logger, messageId, e.GetType().Name, error.Kind);
            result = SendResult.Failed(error);
        }

        metrics.Send(type, result.Error?.Kind, time.GetElapsedTime(started));
        return result;
    }
}
