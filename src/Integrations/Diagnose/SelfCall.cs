using System.Net;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Calls this host over its public address, as others do: through DNS, proxies and certificates. Follows no redirect.</summary>
internal sealed class SelfCall(IHttpClientFactory http, TimeProvider time, ILogger<SelfCall> logger)
{
    /// <summary>The HTTP client a host may configure, for example with a proxy.</summary>
    public const string HttpClientName = "Integrations.SelfCheck";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <param name="address">What is asked for.</param>
    /// <param name="maxBytes">How much of the answer is read.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The status with the body of a 200, or why there was no answer.</returns>
    public async Task<(int Status, byte[] Body, string? Failure)> GetAsync(Uri address, int maxBytes, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var client = http.CreateClient(HttpClientName);
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? ((int)response.StatusCode, await ReadAsync(response.Content, maxBytes, both.Token), null)
                : ((int)response.StatusCode, [], null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (0, [], $"no answer within {CheckText.Of(Timeout)}");
        }
        catch (HttpRequestException e)
        {
            DiagnoseLog.SelfCheckFailed(logger, e.HttpRequestError);
            return (0, [], Say(e.HttpRequestError));
        }
        catch (IOException)
        {
            return (0, [], "the connection broke");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[maxBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return buffer[..length];
    }

    private static string Say(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its name is not known to DNS",
        HttpRequestError.ConnectionError => "the connection was refused",
        HttpRequestError.SecureConnectionError => "its certificate was not accepted",
        _ => "the connection broke",
    };
}
