namespace Integrations;

/// <summary>Fetches a widget's script over the public address, as a website's page does, and compares it with the one this host has.</summary>
internal sealed class WidgetSelfCheck(SelfCall self, IntegrationAddresses addresses)
{
    public async Task<ConnectionCheck> RunAsync(WidgetScript script, CancellationToken ct)
    {
        if (addresses.FindWidget($"v{script.Version}/widget.js") is not { } address)
            return Warning("This host is not told its public address, so whether websites get the script is not known.", "Set PublicBaseUri to the https address this application is reached at.");
        // One byte more than ours: what is longer is another.
        var (status, body, failure) = await self.GetAsync(address, script.Content.Length + 1, ct);
        if (failure is not null)
            // This host's own network is not a visitor's.
            return Warning(
                $"This host could not fetch {address}: {failure}.",
                "Open that address in a browser. If the script shows, there is nothing to do: some networks do not let a host call its own public address. If not, check DNS, certificate, firewall and proxy.");
        return status switch
        {
            >= 300 and < 400 => Failed($"{address} answers with a redirect ({status}). Browsers follow none for the widget's own calls.", "Set PublicBaseUri to the address that answers itself, and embed the snippet anew."),
            200 when !body.AsSpan().SequenceEqual(script.Content.Span) => Failed(
                $"What {address} gives is not the script of this host.", "Check that the proxy passes the path on to this application and changes nothing. While another version is being rolled out this passes by itself; after that, clear caches in between."),
            200 when address.IsLoopback => Warning($"{address} gives the script, and is an address of this machine: no visitor reaches it.", "For real websites set PublicBaseUri to a public https address."),
            200 => ConnectionCheck.Ok(WellKnownChecks.WidgetScript, CheckTitles.WidgetScript, $"{address} gives the script of this host."),
            _ => Failed($"{address} answers with status {status}.", status is 401 or 403
                ? "Let the path through without sign-in: a proxy or a firewall asks for one."
                : "Check that MapIntegrations() is called with the same PathPrefix and that the proxy passes the path on."),
        };
    }

    private static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.WidgetScript, CheckTitles.WidgetScript, evidence, fix);

    private static ConnectionCheck Failed(string evidence, string fix) => ConnectionCheck.Failed(WellKnownChecks.WidgetScript, CheckTitles.WidgetScript, evidence, fix);
}
