using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.AspNetCore;

/// <summary>A url-encoded form, read once and never beyond a limit.</summary>
internal static class LimitedForm
{
    public static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The fields, decoded. Null if the body is no such form or too large.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (!IsForm(request))
            return null;
        using var body = await LimitedBody.ReadAsync(request, limit, ct);
        return body.IsTooLarge
            ? null
            : QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Bytes.Span)).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
    }
}
