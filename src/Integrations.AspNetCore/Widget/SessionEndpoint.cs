using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Integrations.AspNetCore;

/// <summary>
/// Makes a browser a visitor, or recognises it. Nothing is stored: a visitor who only looked leaves no trace. What was written
/// before comes along.
/// </summary>
internal sealed class SessionEndpoint(WidgetServer server)
{
    private const int History = 50;
    private readonly PrechatIntake _prechat = new(server);

    public async Task<IResult> HandleAsync(HttpContext http, Guid id)
    {
        var (call, refusal) = await server.Gate.EnterAsync(http, id, mayBeRemembered: false);
        if (call is null)
            return refusal!;
        var (request, invalid) = await WidgetBody.ReadAsync(http, WidgetJsonContext.Default.WidgetSessionRequest);
        if (request is null)
            return invalid!;
        var (user, unidentified) = Identify(call, request);
        if (unidentified is not null)
            return unidentified;
        var (known, conversation) = await KnownAsync(call, request, user, http.RequestAborted);
        if (known is null && await TestAsync(http, call, request) is { } untested)
            return untested;

        var visitor = New(call, request, user, known, conversation);
        if (request.Contact is { Count: > 0 } contact)
            await _prechat.AcceptAsync(call, visitor, contact);
        return await AnswerAsync(call.Key, visitor, conversation, known is null, http.RequestAborted);
    }

    private (WidgetUser? User, IResult? Refusal) Identify(WidgetCall call, WidgetSessionRequest request)
    {
        var settings = call.Site.Settings;
        if (string.IsNullOrEmpty(request.User))
            return settings.RequiresIdentity ? (null, Refusals.IdentityRequired) : (null, null);
        var (user, reason) = IdentityTokens.Read(request.User, settings.IdentitySecret, call.Key.IntegrationId, server.Time.GetUtcNow());
        if (user is not null)
            return (user, null);
        Log.WidgetIdentityRefused(server.Logger, call.Key.IntegrationId, reason);
        return (null, Refusals.InvalidIdentity);
    }

    /// <summary>
    /// The visitor whose token this is, unless somebody else is signed in now, the visitor ended the session, or the conversation is
    /// closed; and the conversation that goes on.
    /// </summary>
    private async Task<(Visitor? Known, ConversationRecord? Conversation)> KnownAsync(
        WidgetCall call, WidgetSessionRequest request, WidgetUser? user, CancellationToken ct)
    {
        var visitor = server.Tokens.Read(request.Token, call.Key.IntegrationId, call.Site.Settings.SessionEpoch, call.Origin);
        if ((user is null ? visitor?.Id : IdOf(call.Key, user)) is not { } id)
            return (null, null);
        var conversation = await server.Conversations.FindAsync(call.Key, id, ct);
        if (visitor?.Id == id && conversation?.ClosedAt is null && visitor.IsOf(conversation))
            return (visitor, conversation);
        return (null, user is null ? null : conversation);
    }

    private async Task<IResult?> TestAsync(HttpContext http, WidgetCall call, WidgetSessionRequest request)
    {
        if (server.Limits.Session(call.Site, http.Connection.RemoteIpAddress) is { } wait)
            return Refusals.TooMany(wait);
        if (server.Challenge is null)
            return null;
        var result = await server.Challenge.VerifyAsync(
            new WidgetChallengeRequest { Key = call.Key, Answer = request.Challenge, RemoteAddress = http.Connection.RemoteIpAddress }, http.RequestAborted);
        return result.Passed ? null : new ChallengeRefusal(result.Prompt);
    }

    private Visitor New(WidgetCall call, WidgetSessionRequest request, WidgetUser? user, Visitor? known, ConversationRecord? conversation) => new()
    {
        IntegrationId = call.Key.IntegrationId,
        Id = user is not null ? IdOf(call.Key, user) : known?.Id ?? Guid.CreateVersion7(server.Time.GetUtcNow()).ToString("N"),
        IssuedAt = server.Time.GetUtcNow().ToUnixTimeSeconds(),
        Epoch = call.Site.Settings.SessionEpoch,
        ConversationEpoch = conversation?.SessionEpoch ?? 0,
        Origin = call.Origin!,
        Locale = VisitorText.Short(request.Locale, 35),
        Page = VisitorText.Short(request.Page?.Url, 500),
        User = user ?? known?.User,
    };

    private async Task<IResult> AnswerAsync(IntegrationKey key, Visitor visitor, ConversationRecord? conversation, bool isNew, CancellationToken ct)
    {
        var messages = await server.Conversations.ListAsync(new ConversationQuery { Key = key, ContactId = visitor.Id, Limit = History + 1 }, ct);
        var shown = messages.TakeLast(History).ToList();
        var unread = messages.Count == 0 ? 0 : await server.Conversations.CountUnreadAsync(key, visitor.Id, ct);
        // An empty conversation that had messages goes on counting where it was.
        var cursor = shown.Count > 0 ? shown[^1].Sequence : conversation?.LastSequence ?? 0;
        return new JsonBytes(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, json => Write(json, key, visitor, cursor, unread, messages.Count > History, shown));
    }

    private void Write(Utf8JsonWriter json, IntegrationKey key, Visitor visitor, long cursor, int unread, bool hasMore, List<ConversationMessage> messages)
    {
        json.WriteStartObject();
        json.WriteString("token", server.Tokens.Write(visitor));
        json.WriteString("expiresAt", server.Tokens.ExpiryOf(visitor));
        json.WriteString("visitorId", visitor.Id);
        json.WriteNumber("cursor", cursor);
        json.WriteNumber("unread", unread);
        json.WriteBoolean("hasMore", hasMore);
        MessageWriter.WriteAll(json, "messages", messages, server.AddressesOf(key, visitor.Id));
        json.WriteEndObject();
    }

    /// <summary>The same user has the same conversation on every device; another user never does.</summary>
    private static string IdOf(IntegrationKey key, WidgetUser user) =>
        "u" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.IntegrationId:N}\n{user.Id}")))[..40];
}
