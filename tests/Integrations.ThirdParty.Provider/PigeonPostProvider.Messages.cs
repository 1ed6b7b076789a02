using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Integrations;

namespace PigeonPost;

public sealed partial class PigeonPostProvider : IWebhookReceiver, IMessageSender
{
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.ClientSecret.Reveal()), request.Body.Span);
        if (!request.Headers.TryGetValue("X-Pigeon-Signature", out var signature))
            return Task.FromResult(WebhookResult.Unverified("signature_missing"));
        if (!CryptographicOperations.FixedTimeEquals(expected, Decode(signature)))
            return Task.FromResult(WebhookResult.Unverified("signature_wrong"));

        if (PigeonPostJson.Parse(request.Body.Span) is not { } body)
            return Task.FromResult(new WebhookResult { Verdict = WebhookVerdict.Malformed, Reason = "not_json" });
        return Task.FromResult(WebhookResult.Accepted(body.TryGetPropertyValue("letters", out var letters) && letters is JsonArray list ? [.. list.Select(ToEvent).OfType<InboundEvent>()] : []));
    }

    public async Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default)
    {
        var letter = new JsonObject { ["to"] = context.ContactId, ["text"] = context.Message.Text, ["reference"] = context.Reference };
        var (answer, error) = await api.SendAsync(context.Connection.AccessToken, letter, ct);
        return error is null ? SendResult.Sent(answer!["id"]!.GetValue<string>()) : SendResult.Failed(error);
    }

    /// <summary>A letter without its loft can belong to nobody; any other that cannot be read is kept for its owner.</summary>
    private static InboundEvent? ToEvent(JsonNode? item)
    {
        var letter = item as JsonObject;
        if (PigeonPostJson.Text(letter, "loft_id") is not { Length: > 0 } loft || PigeonPostJson.Raw(letter!) is not { } raw)
            return null;
        var (id, from) = (PigeonPostJson.Text(letter, "id"), PigeonPostJson.Text(letter, "from"));
        var isLetter = id is { Length: > 0 } && from is { Length: > 0 };
        return new InboundEvent
        {
            Kind = isLetter ? InboundEventKind.Message : InboundEventKind.Unknown,
            AccountId = loft,
            EventId = isLetter ? id! : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw))),
            ContactId = isLetter ? from : null,
            MessageId = isLetter ? id : null,
            Text = PigeonPostJson.Text(letter, "text"),
            Raw = isLetter ? null : raw,
        };
    }

    private static byte[] Decode(string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
