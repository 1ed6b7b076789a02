using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Meta;

/// <summary>
/// Calls the Graph API. Every outcome is a <see cref="GraphResult"/>; only the caller's own cancellation throws. No retries:
/// the runtime owns those. One instance serves all clients and remembers no token.
/// </summary>
/// <param name="http">Makes the HTTP client.</param>
/// <param name="clientName">The name of the HTTP client a host can configure.</param>
/// <param name="options">The settings, read for each call.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of failed calls.</param>
internal sealed class GraphClient(IHttpClientFactory http, string clientName, Func<MetaOptions> options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PauseWithoutHint = TimeSpan.FromMinutes(1);

    private readonly GraphThrottle _throttle = new(time);

    public MetaOptions Options => options();

    /// <summary>How full a budget is by Meta's last answer, and how much longer it rests. Null if not known, or if it does not rest.</summary>
    public (int? Percent, TimeSpan? Pause) UsageOf(string budget) => (_throttle.UsedPercent(budget), _throttle.Remaining(budget));

    public async Task<GraphResult> SendAsync(GraphRequest request, CancellationToken ct)
    {
        if (_throttle.Remaining(request.Budget) is { } remaining)
            return GraphAnswer.Paused(remaining);
        var result = await CallAsync(request, options(), ct);
        if (result.Error is { } error)
            Log.CallFailed(logger, request.Method, request.Path, error.Kind, error.Code, error.TraceId);
        return result;
    }

    private async Task<GraphResult> CallAsync(GraphRequest request, MetaOptions settings, CancellationToken ct)
    {
        using var message = Build(request, settings);
        using var timeout = new CancellationTokenSource(request.AtMost < settings.RequestTimeout ? request.AtMost.Value : settings.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var client = http.CreateClient(clientName);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var retryAfter = GraphUsage.RetryAfter(response.Headers, time);
            var result = GraphAnswer.Read(request, response.StatusCode, body, retryAfter);
            return Throttle(request, response.Headers, result, retryAfter);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Cancelled by neither of the two means the handler's own limit: opening the connection took too long.
            return timeout.IsCancellationRequested
                ? GraphAnswer.None(request, "timeout", left: true)
                : GraphAnswer.None(request, "connect_timeout", left: false);
        }
        catch (HttpRequestException exception)
        {
            return GraphAnswer.None(request, "no_answer", left: !FailedToConnect(exception));
        }
        catch (IOException)
        {
            return GraphAnswer.None(request, "no_answer", left: true);
        }
    }

    private static HttpRequestMessage Build(GraphRequest request, MetaOptions settings)
    {
        var message = new HttpRequestMessage(request.Method, GraphAddress.Of(settings, request));
        if (!request.Token.IsEmpty)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Token.Reveal());
        if (request.Form is { } form)
            message.Content = new FormUrlEncodedContent(form);
        else if (request.Json is { } json)
        {
            message.Content = new ReadOnlyMemoryContent(json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return message;
    }

    private static bool FailedToConnect(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or
        HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private GraphResult Throttle(GraphRequest request, HttpResponseHeaders headers, GraphResult result, TimeSpan? retryAfter)
    {
        if (GraphUsage.PagePercent(headers) is { } percent)
            _throttle.Note(request.Budget, percent);
        if (GraphUsage.AppPause(headers) is { } app)
            Pause(GraphThrottle.AppBudget, app);
        if (GraphUsage.PagePause(headers) is { } page)
            Pause(request.Budget, page);
        if (result.Error is { Kind: ProviderErrorKind.RateLimited } error)
            // Code 4 is the app as a whole; the other codes concern the token that was used.
            Pause(error.Code.Split('/')[0] == "4" ? GraphThrottle.Everything : request.Budget, retryAfter ?? PauseWithoutHint);
        else if (retryAfter is { } wait && !result.Succeeded)
            Pause(request.Budget, wait);
        return result.Error is { Kind: ProviderErrorKind.RateLimited } refusal ? WithPause(refusal, request.Budget) : result;
    }

    private void Pause(string budget, TimeSpan length)
    {
        Log.Paused(logger, budget, length);
        _throttle.Pause(budget, length);
    }

    private ProviderError WithPause(ProviderError error, string budget) => new()
    {
        Kind = error.Kind,
        Code = error.Code,
        SafeMessage = error.SafeMessage,
        RetryAfter = _throttle.Remaining(budget) ?? error.RetryAfter,
        TraceId = error.TraceId,
        HttpStatus = error.HttpStatus,
    };
}
