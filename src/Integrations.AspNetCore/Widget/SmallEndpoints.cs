using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Calls that answer nothing: typing, read marks, analytics, the end of a session.</summary>
internal sealed class SmallEndpoints(WidgetServer server)
{
    private const int MaxEvents = 50;

    /// <summary>Counted, and not passed on: the agent has no use for it today.</summary>
    public async Task<IResult> TypingAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        return server.Limits.Typing(call.Site, call.VisitorId) is { } wait ? Refusals.TooMany(wait) : TypedResults.NoContent();
    }

    public async Task<IResult> ReadAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        var (request, invalid) = await WidgetBody.ReadAsync(http, WidgetJsonContext.Default.WidgetReadRequest);
        if (request is null)
            return invalid!;
        if (server.Limits.Typing(call.Site, call.VisitorId) is { } wait)
            return Refusals.TooMany(wait);
        await server.Conversations.MarkReadAsync(call.Key, call.VisitorId, request.Cursor, http.RequestAborted);
        return TypedResults.NoContent();
    }

    /// <summary>Counted by name; who did it and when is dropped.</summary>
    public async Task<IResult> AnalyticsAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        var (request, invalid) = await WidgetBody.ReadAsync(http, WidgetJsonContext.Default.WidgetAnalyticsRequest);
        if (request is null)
            return invalid!;
        if (server.Limits.Typing(call.Site, call.VisitorId) is { } wait)
            return Refusals.TooMany(wait);
        server.Intake.Count((request.Events ?? []).Take(MaxEvents).Select(e => e?.Name));
        return TypedResults.NoContent();
    }

    /// <summary>
    /// All tokens of the visitor are void from here on, on every host; before the first message nothing is stored, so there is
    /// nothing to protect. An anonymous visitor's conversation is closed too: nobody comes back to it. A signed-in user's history
    /// is theirs, and other devices get a new session with a new identity.
    /// </summary>
    public async Task<IResult> EndAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        await server.Conversations.EndSessionsAsync(call.Key, call.VisitorId, CancellationToken.None);
        if (call.Visitor!.User is null)
            await server.Conversations.CloseAsync(call.Key, call.VisitorId, server.Time.GetUtcNow().UtcDateTime, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
