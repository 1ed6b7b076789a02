using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Reads the small JSON bodies of widgets.</summary>
internal static class WidgetBody
{
    private const int MaxBytes = 32 * 1024;

    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> json)
        where T : class
    {
        using var body = await LimitedBody.ReadAsync(http.Request, MaxBytes, http.RequestAborted);
        if (body.IsTooLarge)
            return (null, Refusals.TooLarge);
        try
        {
            return JsonSerializer.Deserialize(body.Bytes.Span, json) is { } value ? (value, null) : (null, Refusals.Invalid("The body must be a JSON object."));
        }
        catch (JsonException)
        {
            return (null, Refusals.Invalid("The body is not the JSON this call takes."));
        }
    }
}
