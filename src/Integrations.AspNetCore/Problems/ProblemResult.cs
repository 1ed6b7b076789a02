using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Answers with a problem document.</summary>
internal sealed class ProblemResult(Failure failure, string? choiceId = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = failure.Status;
        response.ContentType = IntegrationProblem.ContentType;
        response.Headers.CacheControl = "no-store";
        WriteRetryAfter(response, failure);
        var problem = new IntegrationProblem
        {
            Type = $"urn:integrations:{failure.Code}",
            Title = failure.Title,
            Status = failure.Status,
            Detail = failure.Detail,
            Code = failure.Code,
            Errors = failure.Errors,
            Choice = choiceId,
            ProviderError = IntegrationProviderError.From(failure.Error),
        };
        return JsonSerializer.SerializeAsync(response.Body, problem, IntegrationsJsonContext.Default.IntegrationProblem, httpContext.RequestAborted);
    }

    public static void WriteRetryAfter(HttpResponse response, Failure failure)
    {
        if ((failure.RetryAfter ?? failure.Error?.RetryAfter) is { } wait)
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
