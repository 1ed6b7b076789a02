using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integrations.AspNetCore;

/// <summary>Turns the SDK's exceptions into answers. Any other exception is the host's to handle.</summary>
internal sealed class FailureFilter(ILogger logger, Func<Failure, IResult> answer) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (IntegrationException exception)
        {
            var failure = ExceptionFailures.From(exception);
            if (failure.Status >= 500 || exception.Kind == IntegrationErrorKind.CredentialsUnreadable)
                Log.RequestFailed(logger, exception, exception.Kind);
            return answer(failure);
        }
    }
}
