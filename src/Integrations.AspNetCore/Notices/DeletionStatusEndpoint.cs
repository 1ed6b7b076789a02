using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>
/// Tells a person how the deletion of their data stands. The code is all they have, so it is all that is asked for; and so no more
/// is told than how far it is.
/// </summary>
internal static class DeletionStatusEndpoint
{
    private const int MaxCodeLength = 200;

    public static async Task<IResult> HandleAsync(string type, string code, [FromServices] IPlatformNoticeIntake intake, CancellationToken ct)
    {
        if (!IntegrationType.TryParse(type, out var platform) || code.Length > MaxCodeLength
            || await intake.FindDeletionAsync(code, ct) is not { } deletion || deletion.Type != platform)
            return new Page(404, "We do not know this code", $"<p>Check the confirmation code. Codes are known for 400 days.</p>");
        var received = Day(deletion.RequestedAt);
        return deletion.State switch
        {
            DeletionState.Received => new Page(200, "Your request was received",
                $"<p>The request with the confirmation code <strong>{code}</strong> was received on {received} and is carried out soon.</p>"),
            DeletionState.InProgress => new Page(200, "Your data is being deleted",
                $"<p>The request with the confirmation code <strong>{code}</strong> was received on {received} and is in progress.</p>"),
            _ => new Page(200, "Your data was deleted",
                $"<p>The request with the confirmation code <strong>{code}</strong> was received on {received} and done on {Day(deletion.CompletedAt!.Value)}. What this service kept about your connection is gone.</p>"),
        };
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
