using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Integrations.AspNetCore;

/// <summary>What was written earlier, page by page. The conversation is the token's: no id of another can be asked for.</summary>
internal sealed class HistoryEndpoint(WidgetServer server)
{
    private const int MaxLimit = 100;
    private const int DefaultLimit = 50;

    public async Task<IResult> HandleAsync(
        HttpContext http, Guid id, [FromQuery(Name = "before")] long? before, [FromQuery(Name = "limit")] int? limit)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        var count = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        var messages = await server.Conversations.ListAsync(
            new ConversationQuery { Key = call.Key, ContactId = call.VisitorId, Before = before, Limit = count + 1 }, http.RequestAborted);
        return new JsonBytes(StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            MessageWriter.WriteAll(json, "messages", messages.TakeLast(count), server.AddressesOf(call.Key, call.VisitorId));
            json.WriteBoolean("hasMore", messages.Count > count);
            json.WriteEndObject();
        });
    }
}
