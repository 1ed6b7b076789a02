using System.Globalization;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>An own message as it comes back by webhook (developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-echoes).</summary>
internal static class EchoItem
{
    public static JsonObject Of(JsonObject message, EventSource sender, SentMessage sent, string appId)
    {
        message.Remove("quick_replies");
        // Sent as one attachment, told as a list.
        if (message["attachment"] is { } attachment)
        {
            message.Remove("attachment");
            message["attachments"] = new JsonArray(attachment.DeepClone());
        }

        message["is_echo"] = true;
        message["app_id"] = long.Parse(appId, CultureInfo.InvariantCulture);
        message["mid"] = sent.Mid;
        return new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = sender.Id },
            ["recipient"] = new JsonObject { ["id"] = sent.RecipientId },
            ["timestamp"] = sent.At.ToUnixTimeMilliseconds(),
            ["message"] = message,
        };
    }
}
