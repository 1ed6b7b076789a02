using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>Opens a live stream of server-sent events.</summary>
internal sealed class EventsEndpoint(WidgetServer server)
{
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenOften = TimeSpan.FromSeconds(5);

    public async Task<IResult> HandleAsync(HttpContext http, Guid id, [FromQuery(Name = "after")] long? after)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        if (call.Conversation is { ClosedAt: not null })
            return TypedResults.NoContent(); // nothing will ever come: stop asking
        var (stream, isHostFull) = await server.Streams.OpenAsync(call.Key.IntegrationId, call.VisitorId);
        if (stream is null)
        {
            if (isHostFull)
                Log.WidgetStreamsFull(server.Logger, server.Streams.Count);
            return isHostFull ? Refusals.Full(WhenFull) : Refusals.TooMany(WhenOften);
        }

        http.Response.RegisterForDispose(stream);
        http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx holds a stream back otherwise
        var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, server.Lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ending);
        // One argument only: the overload with an event type takes the items for data and serialises them (dotnet/aspnetcore#64183).
        var reader = new EventReader(server, call.Key, call.Visitor!, call.Origin, stream, Cursor(http.Request, after));
        return TypedResults.ServerSentEvents(reader.ReadAsync(ending.Token));
    }

    /// <summary>A browser that reconnects by itself says where it was in a header; the greater one wins.</summary>
    private static long Cursor(HttpRequest request, long? after)
    {
        var last = long.TryParse(request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        return Math.Max(last, Math.Max(0, after ?? 0));
    }
}
