using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Prepares the upload of a file; the bytes go to the host's file store directly.</summary>
internal sealed class UploadEndpoint(WidgetServer server)
{
    private const int MaxName = 200;
    private const int MaxType = 100;

    public async Task<IResult> HandleAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        if (server.Uploads is not { } uploads)
            return Refusals.NoUploads;
        var (request, invalid) = await WidgetBody.ReadAsync(http, WidgetJsonContext.Default.WidgetFileRequest);
        if (request is null)
            return invalid!;
        if (FileName(request.Name) is not { } name || request.Type is not { Length: > 0 and <= MaxType } type || request.Size <= 0)
            return Refusals.Invalid("name, type and size must say what is to be sent.");
        if (request.Size > uploads.MaxBytes)
            return Refusals.FileTooLarge;
        if (!uploads.Types.Any(t => Matches(t, type)))
            return Refusals.FileType;
        if (server.Limits.Message(call.Site, call.VisitorId) is { } wait)
            return Refusals.TooMany(wait);
        var ticket = await uploads.CreateAsync(
            new WidgetUploadRequest { Key = call.Key, VisitorId = call.VisitorId, Name = name, Type = type, Size = request.Size }, http.RequestAborted);
        return ticket is null ? Refusals.FileType : Answer(ticket);
    }

    private static JsonBytes Answer(WidgetUploadTicket ticket) => new(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("id", ticket.Id);
        json.WriteString("url", ticket.Url.AbsoluteUri);
        json.WriteStartObject("headers");
        foreach (var (name, value) in ticket.Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Without any path: also a backslash ends one.</summary>
    private static string? FileName(string? name) => VisitorText.Short(name?[(name.LastIndexOfAny(['/', '\\']) + 1)..], MaxName);

    private static bool Matches(string taken, string type) => taken.EndsWith("/*", StringComparison.Ordinal)
        ? type.StartsWith(taken[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(taken, type, StringComparison.OrdinalIgnoreCase);
}
