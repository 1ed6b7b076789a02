using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget;

/// <summary>What the conversation keeps of an agent's message: the members browsers get, in their words.</summary>
internal static class MessagePayload
{
    // Stored and sent as JSON, never put into a page.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(OutboundMessage message)
    {
        var payload = new JsonObject();
        if (Text(message) is { Length: > 0 } text)
            payload["text"] = text;
        if (message.Attachments.Count > 0)
            payload["attachments"] = new JsonArray([.. message.Attachments.Select(Attachment)]);
        var choices = message.QuickReplies.Select(q => Choice(q.Title, q.Payload))
            .Concat(message.Buttons.Where(b => b.Url is null).Select(b => Choice(b.Title, b.Payload ?? b.Title))).ToArray();
        if (choices.Length > 0)
            payload["quickReplies"] = new JsonArray([.. choices]);
        return payload.ToJsonString(Options);
    }

    /// <summary>A button that is a link becomes one in the text: the widget shows a safe subset of Markdown.</summary>
    private static string? Text(OutboundMessage message)
    {
        var links = message.Buttons.Where(b => b.Url is { IsAbsoluteUri: true } url && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
            .Select(b => $"[{b.Title.Replace("]", string.Empty, StringComparison.Ordinal)}]({b.Url!.AbsoluteUri})").ToList();
        return links.Count == 0 ? message.Text : $"{message.Text}\n\n{string.Join('\n', links)}";
    }

    private static JsonObject Attachment(MessageAttachment attachment) => new JsonObject
    {
        ["id"] = attachment.PlatformId,
        ["name"] = attachment.Title,
        ["type"] = attachment.Type,
        ["url"] = attachment.Url,
    };

    private static JsonObject Choice(string title, string payload) => new JsonObject { ["title"] = title, ["payload"] = payload };
}
