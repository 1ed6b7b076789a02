using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Integrations;

/// <summary>Names of lanes and dedupe keys. They are stored: changing one would make old messages look new.</summary>
internal static class MessageKeys
{
    private const int MaxLane = 200;
    private const int MaxDedupeKey = 300;
    private static readonly long MaxUnixMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The lane of what a contact sends; of the account itself if there is no contact.</summary>
    public static string InboundLane(Guid integrationId, string? contactId) => Lane("in:", integrationId, contactId ?? "-");

    /// <summary>
    /// The lane of the echoes of what an account sends. Not the contact's: an agent that takes its time there would keep the proof
    /// that a message arrived waiting until it is given up.
    /// </summary>
    public static string EchoLane(Guid integrationId) => Lane("echo:", integrationId, "-");

    /// <summary>The lane of what is sent to a contact.</summary>
    public static string OutboundLane(Guid integrationId, string contactId) => Lane("out:", integrationId, contactId);

    /// <summary>A lane's name as logs may show it: direction and integration, without the contact.</summary>
    public static string WithoutContact(string lane) =>
        lane.IndexOf(':', StringComparison.Ordinal) is >= 0 and var first && lane.IndexOf(':', first + 1) is >= 0 and var second ? lane[..second] : "?";

    /// <summary>The key of a platform's event.</summary>
    public static string Event(string eventId) => Keyed("in:", eventId, string.Empty);

    /// <summary>The key of one part of the answer to an inbound message.</summary>
    public static string Reply(Guid inboundMessageId, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"re:{inboundMessageId:N}:{ordinal}");

    /// <summary>When the message came that this key's message begins to answer, as its id tells. Null if it begins no answer.</summary>
    public static DateTimeOffset? FindAnswered(string dedupeKey)
    {
        const string Prefix = "re:", First = ":0";
        if (dedupeKey.Length != Prefix.Length + 32 + First.Length || !dedupeKey.StartsWith(Prefix, StringComparison.Ordinal) || !dedupeKey.EndsWith(First, StringComparison.Ordinal))
            return null;
        // A version 7 UUID begins with 48 bits of Unix milliseconds (RFC 9562, section 5.7).
        return long.TryParse(dedupeKey.AsSpan(Prefix.Length, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= MaxUnixMilliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    /// <summary>The key of one part of the welcome message of a contact.</summary>
    public static string Welcome(string contactId, int part) =>
        Keyed("welcome:", contactId, part == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{part}"));

    /// <summary>The key of one part of a message sent under a caller's idempotency key.</summary>
    public static string Caller(string idempotencyKey, int part) => Keyed("key:", idempotencyKey, string.Create(CultureInfo.InvariantCulture, $":{part}"));

    private static string Lane(string prefix, Guid integrationId, string contactId)
    {
        var contact = prefix.Length + 33 + contactId.Length > MaxLane ? Hash(contactId) : contactId;
        return string.Create(prefix.Length + 33 + contact.Length, (prefix, integrationId, contact), static (lane, parts) =>
        {
            parts.prefix.CopyTo(lane);
            parts.integrationId.TryFormat(lane[parts.prefix.Length..], out var written, "N");
            lane[parts.prefix.Length + written] = ':';
            parts.contact.CopyTo(lane[(parts.prefix.Length + written + 1)..]);
        });
    }

    private static string Keyed(string prefix, string id, string suffix) =>
        prefix.Length + id.Length + suffix.Length > MaxDedupeKey ? prefix + "sha256:" + Hash(id) + suffix : prefix + id + suffix;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
