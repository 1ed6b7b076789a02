using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Tells a person how the deletion of their data stands. The code is all they have, so it is all that is asked for.</summary>
internal static class DeletionStatusEndpoint
{
    private const int MaxCodeLength = 200;

    public static async Task<IResult> HandleAsync(string type, string code, [FromServices] IPlatformNoticeIntake intake, CancellationToken ct)
    {
        var known = IntegrationType.TryParse(type, out _) && code.Length <= MaxCodeLength && await intake.IsKnownConfirmationAsync(code, ct);
        return known
            ? new Page(200, "Your data was deleted",
                $"<p>The request with the confirmation code <strong>{code}</strong> was carried out. What this service kept about your connection is gone.</p>")
            : new Page(404, "We do not know this code",
                $"<p>Check the confirmation code. If you removed the app just now, try again in a minute.</p>");
    }
}
