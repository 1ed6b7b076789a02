using System.Text;

namespace Integrations;

/// <summary>Calls this host's own webhook address as the platform would: from outside, through DNS, proxies and certificates.</summary>
internal sealed class WebhookSelfCheck(SelfCall self, IntegrationAddresses addresses, WebhookEcho echo, TimeProvider time)
{
    private const int MaxAnswerBytes = 4096; // never more than our own answer needs: what stands there may be anything
    private static readonly TimeSpan ProvenFor = TimeSpan.FromHours(24);

    /// <param name="type">Whose address.</param>
    /// <param name="lastInboundAt">When the platform last got through. Some networks do not let a host call its own public address.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ConnectionCheck> RunAsync(IntegrationType type, DateTime? lastInboundAt, CancellationToken ct)
    {
        if (addresses.FindWebhook(type) is not { } address)
            return Warning("This host is not told its public address, so whether a platform reaches it is not known.", "Set PublicBaseUri to the https address this application is reached at.");
        var number = WebhookEcho.NewNumber();
        var (status, body, failure) = await self.GetAsync(new Uri($"{address}?{WebhookEcho.Parameter}={Uri.EscapeDataString(echo.Ask(number))}"), MaxAnswerBytes, ct);
        if (failure is not null)
        {
            var proven = time.GetUtcNow().UtcDateTime - lastInboundAt < ProvenFor;
            return proven
                ? Warning($"This host could not call {address} ({failure}), but the platform got through {CheckText.Of(lastInboundAt!.Value)}.", "Some networks do not let a host call its own public address. If messages arrive, there is nothing to do.")
                : Failed($"{address} did not answer: {failure}.", "Check DNS, certificate, firewall and proxy of that address, and that PublicBaseUri is the address the platform knows. Try it from another network.");
        }

        return status switch
        {
            >= 300 and < 400 => Failed($"{address} answers with a redirect ({status}), and platforms follow none.", "Set PublicBaseUri to the address that answers itself, and register that one with the platform."),
            200 when Encoding.UTF8.GetString(body) != number => Failed($"Something else answers at {address}: the answer is not one of ours.", "Check that the proxy passes this path and its query on to this application, and that all hosts share one key ring."),
            200 when address.IsLoopback => Warning($"{address} answers, and is an address of this machine: no platform reaches it.", "For real platforms set PublicBaseUri to a public https address, for example of a tunnel."),
            200 => ConnectionCheck.Ok(WellKnownChecks.WebhookReachable, CheckTitles.Webhook, $"{address} answers, and this application is behind it."),
            _ => Failed($"{address} answers with status {status}.", status is 401 or 403
                ? "Let the path through without sign-in: a proxy or a firewall asks for one, or the hosts do not share one key ring."
                : "Check that MapIntegrations() is called with the same PathPrefix and that the proxy passes the path on."),
        };
    }

    private static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.WebhookReachable, CheckTitles.Webhook, evidence, fix);

    private static ConnectionCheck Failed(string evidence, string fix) => ConnectionCheck.Failed(WellKnownChecks.WebhookReachable, CheckTitles.Webhook, evidence, fix);
}
