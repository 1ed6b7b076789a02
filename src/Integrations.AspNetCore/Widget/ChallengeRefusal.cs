using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Asks a new visitor's page to pass the host's test: a problem document with what the page's handler needs.</summary>
internal sealed class ChallengeRefusal(string? prompt) : IResult
{
    private const string Code = "challenge_required";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
        httpContext.Response.ContentType = IntegrationProblem.ContentType;
        await httpContext.Response.Body.WriteAsync(JsonBytes.Of(Write), httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:integrations:{Code}");
        json.WriteString("title", "Please pass the test first.");
        json.WriteNumber("status", StatusCodes.Status403Forbidden);
        json.WriteString("code", Code);
        json.WriteString("challenge", prompt);
        json.WriteEndObject();
    }
}
