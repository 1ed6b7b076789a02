using System.Collections.Concurrent;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.EndToEnd.Tests.Secrets;

/// <summary>
/// Reads the secrets that only a call to the platform carries, the proof-key verifier and the proof of the app secret, and to whom
/// calls go.
/// </summary>
internal sealed class WireTap(ConcurrentDictionary<string, string> secrets, ConcurrentDictionary<string, bool> called) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        called[request.RequestUri!.GetLeftPart(UriPartial.Authority)] = true;
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        foreach (var values in new[] { QueryHelpers.ParseQuery(request.RequestUri.Query), QueryHelpers.ParseQuery(body) })
            foreach (var name in (string[])["code_verifier", "appsecret_proof"])
                if (values.TryGetValue(name, out var value))
                    secrets[$"{name} {value.ToString()[..4]}…"] = value!;
        return await base.SendAsync(request, cancellationToken);
    }
}
