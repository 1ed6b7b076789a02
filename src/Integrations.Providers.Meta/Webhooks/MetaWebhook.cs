using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Integrations.Providers.Meta;

/// <summary>Meta's webhook endpoint: the handshake (GET) and the events (POST). Thread-safe.</summary>
/// <param name="own">The channel whose address this is.</param>
/// <param name="channels">
/// All installed channels of Meta's. One app has one address for all of its webhooks, and which of its secrets signs differs, so
/// each address takes the events of every channel, with the secrets and verify tokens of every channel.
/// </param>
/// <param name="logger">Hears of refusals: Meta switches off a webhook that refuses for an hour.</param>
internal sealed class MetaWebhook(IntegrationType own, IReadOnlyList<MetaChannel> channels, ILogger logger)
{
    private const int MaxChallengeLength = 32;

    private static readonly WebhookResult Nothing = WebhookResult.Accepted([]);

    private readonly MetaChannel _own = channels.First(channel => channel.Type == own);

    public WebhookResult Receive(WebhookRequest request) => request.Method switch
    {
        "GET" => Handshake(request.Query),
        "POST" => Events(request),
        _ => new WebhookResult { Verdict = WebhookVerdict.Malformed, Reason = "method_not_supported" },
    };

    private WebhookResult Handshake(IReadOnlyDictionary<string, string> query)
    {
        var reason = Refusal(query);
        if (reason is null)
            return WebhookResult.Answered(new WebhookReply { Body = query["hub.challenge"] });
        Log.WebhookRefused(logger, reason);
        return new WebhookResult { Verdict = WebhookVerdict.Unverified, Reason = reason, Reply = new WebhookReply { Status = 403 } };
    }

    private string? Refusal(IReadOnlyDictionary<string, string> query)
    {
        if (query.GetValueOrDefault("hub.mode") != "subscribe")
            return "mode_wrong";
        var token = query.GetValueOrDefault("hub.verify_token", string.Empty);
        if (!channels.Any(channel => channel.Options.VerifyToken is { Length: > 0 } expected && SameText(token, expected)))
            return "verify_token_wrong";
        // The challenge is echoed to the caller: digits only, so that it can never be a script.
        var challenge = query.GetValueOrDefault("hub.challenge", string.Empty);
        return challenge.Length is > 0 and <= MaxChallengeLength && challenge.All(char.IsAsciiDigit) ? null : "challenge_wrong";
    }

    // Hashes first, so that neither content nor length shows in the time it takes.
    private static bool SameText(string one, string other) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));

    private WebhookResult Events(WebhookRequest request)
    {
        var status = MetaSignature.Verify(
            request.Body.Span,
            request.Headers.GetValueOrDefault(MetaSignature.HeaderName),
            request.Headers.GetValueOrDefault(MetaSignature.LegacyHeaderName),
            Secrets());
        if (status != MetaSignatureStatus.Valid)
        {
            Log.WebhookRefused(logger, Reason(status));
            return WebhookResult.Unverified(Reason(status));
        }
        var channel = ChannelOf(request.Body.Span);
        var batch = WebhookBatchReader.Read(request.Body.Span, channel.ObjectName, channel.Options.AppIds());
        if (!batch.IsComplete)
            Log.WebhookUnreadable(logger, request.Body.Length, batch.Events.Count);
        if (batch.Ignored > 0)
            Log.WebhookItemsIgnored(logger, batch.Ignored);
        return batch.Events.Count == 0 ? Nothing : new WebhookResult
        {
            Verdict = WebhookVerdict.Accepted,
            Events = batch.Events,
            Type = channel == _own ? null : channel.Type,
        };
    }

    private MetaChannel ChannelOf(ReadOnlySpan<byte> body)
    {
        if (channels.Count > 1)
            foreach (var channel in channels)
                if (WebhookBatchReader.IsOf(body, channel.ObjectName))
                    return channel;
        return _own;
    }

    private Secret[] Secrets() => channels.Count == 1
        ? _own.Options.SignatureSecrets()
        : [.. _own.Options.SignatureSecrets().Concat(channels.Where(channel => channel != _own).SelectMany(channel => channel.Options.SignatureSecrets())).Distinct()];

    private static string Reason(MetaSignatureStatus status) => status switch
    {
        MetaSignatureStatus.Missing => "signature_missing",
        MetaSignatureStatus.Sha1Only => "signature_sha1_only",
        MetaSignatureStatus.Malformed => "signature_malformed",
        MetaSignatureStatus.NoSecret => "no_secret",
        _ => "signature_wrong",
    };
}
