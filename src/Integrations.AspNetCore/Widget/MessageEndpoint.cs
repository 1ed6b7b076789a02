using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>Takes a visitor's message. The same client id again gives the same answer and is not handled twice.</summary>
internal sealed class MessageEndpoint(WidgetServer server)
{
    private const int MaxText = 4000;
    private const int MaxPayload = 1000;
    private const int MaxFiles = 5;

    public async Task<IResult> HandleAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsVisitorAsync(http, id);
        if (call is null)
            return refusal!;
        var (request, invalid) = await WidgetBody.ReadAsync(http, WidgetJsonContext.Default.WidgetMessageRequest);
        if (request is null)
            return invalid!;
        if (!Guid.TryParse(request.ClientId, out var clientId))
            return Refusals.Invalid("clientId must be a UUID.");
        if (request.Text?.Length > MaxText || request.Payload?.Length > MaxPayload)
            return Refusals.TooLong;
        var text = VisitorText.Clean(request.Text ?? string.Empty);
        var attachments = await FindAsync(call, request.Attachments ?? [], http.RequestAborted);
        if (attachments is null)
            return Refusals.Invalid("attachments must hold at most 5 ids of this visitor's finished uploads.");
        if (string.IsNullOrWhiteSpace(text) && attachments.Count == 0)
            return Refusals.Invalid("text is empty.");
        return server.Limits.Message(call.Site, call.VisitorId) is { } wait
            ? Refusals.TooMany(wait)
            : await AcceptAsync(call, clientId.ToString(), text, request.Payload, attachments);
    }

    private async Task<IResult> AcceptAsync(WidgetCall call, string clientId, string text, string? payload, List<MessageAttachment> attachments)
    {
        ConversationAppend added;
        try
        {
            added = await server.Intake.AcceptAsync(
                call.Key,
                new InboundEvent
                {
                    Kind = payload is null ? InboundEventKind.Message : InboundEventKind.Postback,
                    AccountId = call.Site.AccountId,
                    EventId = $"{call.VisitorId}:{clientId}",
                    ContactId = call.VisitorId,
                    OccurredAt = server.Time.GetUtcNow(),
                    MessageId = clientId,
                    Text = text.Length == 0 ? null : text,
                    Payload = payload,
                    Attachments = attachments,
                    Raw = VisitorContext.Write(call.Visitor!),
                },
                Payload(text, attachments));
        }
#pragma warning disable CA1031 // Not swallowed: logged, and the browser is asked to send it again, which is harmless.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.WidgetMessageNotStored(server.Logger, exception, call.Key.IntegrationId);
            return Refusals.NotStored;
        }

        return added.Outcome switch
        {
            ConversationAppendOutcome.Closed => Refusals.Closed,
            ConversationAppendOutcome.NotFound => Refusals.UnknownWidget,
            var outcome => new JsonBytes(
                outcome == ConversationAppendOutcome.Added ? StatusCodes.Status201Created : StatusCodes.Status200OK, json => Write(json, added.Message!)),
        };
    }

    private static void Write(Utf8JsonWriter json, ConversationMessage message)
    {
        var id = MessageWriter.IdOf(message);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("seq", message.Sequence);
        json.WriteString("clientId", id);
        json.WriteString("at", DateTime.SpecifyKind(message.At, DateTimeKind.Utc));
        json.WriteEndObject();
    }

    /// <summary>Null if one of them is not this visitor's.</summary>
    private async Task<List<MessageAttachment>?> FindAsync(WidgetCall call, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var found = new List<MessageAttachment>();
        if (ids.Count > MaxFiles || (ids.Count > 0 && server.Uploads is null))
            return null;
        foreach (var id in ids)
        {
            if (id is not { Length: > 0 and <= 200 } || await server.Uploads!.FindAsync(call.Key, call.VisitorId, id, ct) is not { } attachment)
                return null;
            found.Add(attachment);
        }

        return found;
    }

    private static string Payload(string text, List<MessageAttachment> attachments)
    {
        var payload = new JsonObject { ["text"] = text };
        if (attachments.Count > 0)
            payload["attachments"] = new JsonArray([.. attachments.Select(a => (JsonNode)new JsonObject
            {
                ["id"] = a.PlatformId,
                ["name"] = a.Title,
                ["type"] = a.Type,
                ["url"] = a.Url,
            })]);
        return payload.ToJsonString();
    }
}
