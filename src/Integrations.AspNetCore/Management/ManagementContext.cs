using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>What management calls read from a request and write to an answer.</summary>
internal static class ManagementContext
{
    /// <summary>Who is asking, as <see cref="ManagementFilter"/> found out.</summary>
    public static IntegrationUser CurrentUser(this HttpContext http) =>
        http.Features.Get<IntegrationUser>() ?? throw new InvalidOperationException("The management filter did not run.");

    /// <summary>Reads a body; a failure if it is not what is wanted. The parser's own words are not repeated: they can quote the body.</summary>
    public static async Task<(T? Value, Failure? Failure)> ReadBodyAsync<T>(this HttpContext http, JsonTypeInfo<T> json, int limit, CancellationToken ct)
        where T : class
    {
        using var body = await LimitedBody.ReadAsync(http.Request, limit, ct);
        if (body.IsTooLarge)
            return (null, new Failure { Status = 413, Code = "body_too_large", Title = "The request is too large.", Detail = $"At most {limit} bytes are taken." });
        try
        {
            return JsonSerializer.Deserialize(body.Bytes.Span, json) is { } value
                ? (value, null)
                : (null, Failure.Invalid("$", "required", "The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            var path = exception.Path ?? "$";
            return (null, Failure.Invalid(path, "invalid_json", $"What stands at {path} is not valid JSON or not of the right kind."));
        }
    }

    public static IResult Ok<T>(T value, JsonTypeInfo<T> json) => TypedResults.Json(value, json);

    public static IResult Problem(Failure failure) => new ProblemResult(failure);
}
