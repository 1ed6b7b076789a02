using System.Net;
using System.Text.Json;

namespace Integrations;

/// <summary>Calls a provider: limits the time, and reads what may escape from it as an error value.</summary>
internal sealed class ProviderCall(TimeProvider time)
{
    /// <summary>
    /// Makes one call. The caller's own cancellation escapes; a bug of the provider escapes as the exception it is.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="failed">Makes the result of a failed call.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="ct">The caller's cancellation.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, Func<ProviderError, T> failed, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            // A provider that ignores its token must not hold the caller.
            return await call(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return failed(Refusal.New(ProviderErrorKind.OutcomeUnknown, "timeout", "The platform did not answer in time."));
        }
        catch (HttpRequestException e)
        {
            return failed(Classify(e));
        }
        catch (IOException)
        {
            return failed(Refusal.New(ProviderErrorKind.OutcomeUnknown, "connection_lost", "The connection to the platform broke before its answer was complete."));
        }
        catch (JsonException)
        {
            return failed(Refusal.New(ProviderErrorKind.Unknown, "unreadable_answer", "The platform's answer could not be read."));
        }
    }

    private static ProviderError Classify(HttpRequestException e)
    {
        if (e.StatusCode is { } status)
            return new ProviderError
            {
                Kind = status == HttpStatusCode.TooManyRequests ? ProviderErrorKind.RateLimited
                    : (int)status >= 500 ? ProviderErrorKind.Transient : ProviderErrorKind.Unknown,
                Code = "http_" + (int)status,
                SafeMessage = "The platform refused the call.",
                HttpStatus = (int)status,
            };
        return e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            ? Refusal.New(ProviderErrorKind.Transient, "unreachable", "The platform could not be reached.")
            : Refusal.New(ProviderErrorKind.OutcomeUnknown, "connection_lost", "The connection to the platform broke before its answer was complete.");
    }
}
