using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Answers a browser with a page (the host's own, if it names one), and a program with a problem document.</summary>
internal sealed class FailureResult(EndpointSetup setup, Failure failure, string? backPath = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        SecurityHeaders.Apply(httpContext.Response);
        if (WantsJson(httpContext.Request))
            return new ProblemResult(failure).ExecuteAsync(httpContext);
        if (setup.Options.FailurePagePath is { } path)
        {
            var target = LocalPath.With(path, ("integration", "failed"), ("integration_error", failure.Code));
            return new Redirect(target, StatusCodes.Status303SeeOther).ExecuteAsync(httpContext);
        }
        ProblemResult.WriteRetryAfter(httpContext.Response, failure);
        return FailurePage.Make(failure, LocalPath.ToLocation(backPath)).ExecuteAsync(httpContext);
    }

    public static bool WantsJson(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
