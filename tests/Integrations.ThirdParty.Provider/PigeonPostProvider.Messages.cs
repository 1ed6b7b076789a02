using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

        using var document = JsonDocument.Parse(request.Body);
        var events = document.RootElement.GetProperty("letters").EnumerateArray().Select(ToEvent).ToArray();
        return Task.FromResult(WebhookResult.Accepted(events));
    }

    public async Task<SendResult> SendAsync(SendContext context, CancellationToken ct = default)
    {
        var letter = new JsonObject { ["to"] = context.ContactId, ["text"] = context.Message.Text, ["reference"] = context.Reference };
        var (answer, error) = await api.SendAsync(context.Connection.AccessToken, letter, ct);
        return error is null ? SendResult.Sent(answer!["id"]!.GetValue<string>()) : SendResult.Failed(error);
    }

    private static InboundEvent ToEvent(JsonElement letter) => new()
    {
        Kind = InboundEventKind.Message,
        AccountId = letter.GetProperty("loft_id").GetString()!,
        EventId = letter.GetProperty("id").GetString()!,
        ContactId = letter.GetProperty("from").GetString(),
        MessageId = letter.GetProperty("id").GetString(),
        Text = letter.GetProperty("text").GetString(),
    };

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
