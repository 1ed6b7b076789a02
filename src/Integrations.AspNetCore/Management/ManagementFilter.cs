using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>What holds for every management call: somebody is asking, for a client, and not through another site's form.</summary>
internal sealed class ManagementFilter : IEndpointFilter
{
    private static readonly Failure NotJson = new()
    {
        Status = 415,
        Code = "unsupported_media_type",
        Title = "The request must be JSON.",
        Detail = "Send Content-Type: application/json, also without a body. Browsers let no other site do that unasked.",
    };

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        SecurityHeaders.Apply(http.Response);
        if (!HttpMethods.IsGet(http.Request.Method) && !http.Request.HasJsonContentType())
            return new ProblemResult(NotJson);
        if (await http.FindIntegrationUserAsync() is not { } user)
            return new ProblemResult(Failure.Unauthenticated);
        http.Features.Set(user);
        return await next(context);
    }
}
