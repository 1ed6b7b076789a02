using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>What a widget is told when a call is not done. The codes are part of the contract with the browser.</summary>
internal static class Refusals
{
    public static IResult UnknownWidget { get; } = Make(404, "unknown_widget", "There is no such widget, or it is not live.");

    public static IResult ForeignOrigin { get; } = Make(403, "origin_not_allowed", "This site may not use the widget.", "Add its origin to allowed_origins.");

    public static IResult NoSession { get; } = Make(401, "no_session", "There is no such session any more.");

    public static IResult InvalidIdentity { get; } = Make(401, "invalid_identity", "The user's identity is not valid.");

    public static IResult IdentityRequired { get; } = Make(401, "identity_required", "Only signed-in users may chat.");

    public static IResult Closed { get; } = Make(409, "conversation_closed", "The conversation is closed.");

    public static IResult TooLong { get; } = Make(413, "too_long", "The message is too long.");

    public static IResult TooLarge { get; } = Make(413, "body_too_large", "The request is too large.");

    public static IResult NoUploads { get; } = Make(404, "no_uploads", "This widget takes no files.");

    public static IResult NoUpload { get; } = Make(404, "no_upload", "There is no such upload, it was used, or it took too long.");

    public static IResult NoFile { get; } = Make(404, "no_file", "There is no such file, or its address is too old.");

    public static IResult FileTooLarge { get; } = Make(413, "file_too_large", "The file is too large.");

    public static IResult FileType { get; } = Make(415, "file_type", "Files of this kind are not taken.");

    public static IResult NotStored { get; } = new RetryLater(Failed(503, "not_stored", "The message could not be stored now."), TimeSpan.FromSeconds(5));

    public static IResult Invalid(string detail) => Make(400, "invalid_request", "The request is not valid.", detail);

    public static IResult TooMany(TimeSpan wait) => new RetryLater(Failed(429, "too_many", "That was too much at once. Wait a moment."), wait);

    public static IResult Full(TimeSpan wait) => new RetryLater(Failed(503, "full", "This host has no room for another stream."), wait);

    private static ProblemResult Make(int status, string code, string title, string? detail = null) => new(Failed(status, code, title, detail));

    private static Failure Failed(int status, string code, string title, string? detail = null) =>
        new() { Status = status, Code = code, Title = title, Detail = detail };

    private sealed class RetryLater(Failure failure, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return new ProblemResult(failure).ExecuteAsync(httpContext);
        }
    }
}
