using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Sends the browser on. Unlike the framework's result it logs nothing: addresses of dialogs hold the state.</summary>
internal sealed class Redirect(string location, int status = StatusCodes.Status302Found) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
