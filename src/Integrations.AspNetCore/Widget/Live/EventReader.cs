using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Integrations.AspNetCore;

/// <summary>
/// The events of one stream: everything after a number, in order, then what comes. The database is asked each time something or
/// nothing happened, so a hint that got lost costs one ping interval at most, and never a message. Thousands of these live for hours,
/// so each holds what it needs and not the whole call, which holds the widget's settings.
/// </summary>
internal sealed class EventReader(WidgetServer server, IntegrationKey key, Visitor visitor, string? origin, WidgetStream stream, long after)
{
    private const int Page = 100;
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    private long _cursor = after;
    private string? _configVersion;

    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // Headers leave with the first item only, so there is one at once. Comments do not exist (dotnet/aspnetcore#65103): pings are events.
        yield return new SseItem<string>("{}", "ping") { ReconnectionInterval = Reconnect };
        while (true)
        {
            IReadOnlyList<ConversationMessage>? messages;
            do
            {
                messages = await NextAsync(ct);
                if (messages is null)
                    yield break;
                foreach (var message in messages)
                    yield return Item(message);
            }
            while (messages.Count == Page);
            if (!await stream.WaitAsync(ct))
                yield break;
            var isPing = false;
            while (stream.TryRead(out var kind))
            {
                if (kind is null)
                    isPing = true;
                else if (await SignalAsync(kind.Value, ct) is { } signal)
                    yield return signal;
            }

            if (!isPing)
                continue;
            if (await CheckAsync(ct) is not { } version)
                yield break; // the next connect is told why
            if (_configVersion is { } known && known != version)
                yield return new SseItem<string>(JsonOf(json => json.WriteString("config_version", version)), "config");
            _configVersion = version;
            yield return new SseItem<string>("{}", "ping");
        }
    }

    /// <summary>Null if the stream is to end.</summary>
    private async Task<IReadOnlyList<ConversationMessage>?> NextAsync(CancellationToken ct)
    {
        try
        {
            // Also what an idle stream asks: whether the session was ended, and whether there is anything to read.
            var conversation = await server.Conversations.FindAsync(key, visitor.Id, ct);
            if (!visitor.IsOf(conversation))
                return null;
            if (conversation is null || conversation.LastSequence <= _cursor)
                return [];
            var messages = await server.Conversations.ListAsync(
                new ConversationQuery { Key = key, ContactId = visitor.Id, After = _cursor, Limit = Page }, ct);
            if (messages.Count > 0)
                _cursor = messages[^1].Sequence;
            return messages;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: logged, and the browser connects again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.WidgetStreamFailed(server.Logger, exception);
            return null;
        }
    }

    private async Task<SseItem<string>?> SignalAsync(WidgetHintKind kind, CancellationToken ct)
    {
        switch (kind)
        {
            case WidgetHintKind.TypingOn or WidgetHintKind.TypingOff:
                return new SseItem<string>(JsonOf(json => json.WriteBoolean("on", kind == WidgetHintKind.TypingOn)), "typing");
            case WidgetHintKind.Seen:
                var latest = await TryAsync<IReadOnlyList<ConversationMessage>>(
                    async () => await server.Conversations.ListAsync(new ConversationQuery { Key = key, ContactId = visitor.Id, Limit = 20 }, ct), ct);
                return latest?.LastOrDefault(m => m.Author == ConversationAuthor.Contact) is not { } own ? null : new SseItem<string>(
                    JsonOf(json =>
                    {
                        json.WriteString("id", MessageWriter.IdOf(own));
                        json.WriteString("status", "read");
                    }),
                    "status");
            default:
                return null; // messages are looked for anyway
        }
    }

    /// <summary>The version of the configuration; null if the widget is gone, or the session revoked or over.</summary>
    private async Task<string?> CheckAsync(CancellationToken ct)
    {
        var site = await TryAsync(() => server.Sites.FindAsync(key.IntegrationId, ct), ct);
        if (site is null || site.Settings.SessionEpoch != visitor.Epoch || server.Tokens.ExpiryOf(visitor) <= server.Time.GetUtcNow()
            || (origin is not null && !WidgetOrigins.Allows(site.Settings.AllowedOrigins, origin, server.OwnOrigin)))
            return null;
        return site.Version(server.Uploads);
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> read, CancellationToken ct)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: logged; what follows is that the stream ends, or a mark is not shown.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.WidgetStreamFailed(server.Logger, exception);
            return null;
        }
    }

    private SseItem<string> Item(ConversationMessage message)
    {
        var data = Encoding.UTF8.GetString(JsonBytes.Of(json => MessageWriter.Write(json, message, server.AddressesOf(key, visitor.Id))).Span);
        return new SseItem<string>(data, "message") { EventId = message.Sequence.ToString(CultureInfo.InvariantCulture) };
    }

    private static string JsonOf(Action<Utf8JsonWriter> members) => Encoding.UTF8.GetString(JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    }).Span);
}
