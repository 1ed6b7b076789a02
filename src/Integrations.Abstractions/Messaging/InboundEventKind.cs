using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>What kind of event a platform reported. An open vocabulary: providers may bring their own values.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> equals <see cref="Unknown"/>.</remarks>
[JsonConverter(typeof(JsonConverter))]
public readonly struct InboundEventKind : IEquatable<InboundEventKind>
{
    /// <summary>The <see cref="InboundEvent.Payload"/> of a <see cref="Policy"/> event: the platform blocks the account.</summary>
    public const string PolicyBlock = "block";

    /// <summary>The <see cref="InboundEvent.Payload"/> of a <see cref="Policy"/> event: the platform no longer blocks it.</summary>
    public const string PolicyLift = "unblock";

    private readonly string? _value;

    /// <summary>A kind by its name, lower-case with underscores.</summary>
    public InboundEventKind(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>Not recognised: kept, and skipped.</summary>
    public static InboundEventKind Unknown { get; } = new("unknown");

    /// <summary>A contact wrote, or sent attachments. Answered by the agent.</summary>
    public static InboundEventKind Message { get; } = new("message");

    /// <summary>A contact pressed a button; <see cref="InboundEvent.Payload"/> says which. Answered by the agent.</summary>
    public static InboundEventKind Postback { get; } = new("postback");

    /// <summary>A message of the account itself, ours or another tool's.</summary>
    public static InboundEventKind Echo { get; } = new("echo");

    /// <summary>Messages reached the contact.</summary>
    public static InboundEventKind Delivery { get; } = new("delivery");

    /// <summary>The contact read messages.</summary>
    public static InboundEventKind Read { get; } = new("read");

    /// <summary>A reaction was set or taken back.</summary>
    public static InboundEventKind Reaction { get; } = new("reaction");

    /// <summary>A contact changed a message.</summary>
    public static InboundEventKind Edit { get; } = new("edit");

    /// <summary>A contact took a message back.</summary>
    public static InboundEventKind Unsend { get; } = new("unsend");

    /// <summary>A contact came through a link or an ad.</summary>
    public static InboundEventKind Referral { get; } = new("referral");

    /// <summary>A contact opted in to something.</summary>
    public static InboundEventKind OptIn { get; } = new("opt_in");

    /// <summary>A contact linked or unlinked a user account of the business.</summary>
    public static InboundEventKind AccountLinking { get; } = new("account_linking");

    /// <summary>Another app or the inbox took or passed the conversation.</summary>
    public static InboundEventKind Handover { get; } = new("handover");

    /// <summary>A comment on a post of the account.</summary>
    public static InboundEventKind Comment { get; } = new("comment");

    /// <summary>
    /// The platform enforced a policy on the account. <see cref="InboundEvent.Payload"/> says what: <see cref="PolicyBlock"/> suspends
    /// the connection, <see cref="PolicyLift"/> ends that, others are kept. <see cref="InboundEvent.Text"/> is the platform's reason.
    /// </summary>
    public static InboundEventKind Policy { get; } = new("policy");

    /// <summary>The name as stored.</summary>
    public string Value => _value ?? "unknown";

    /// <inheritdoc/>
    public bool Equals(InboundEventKind other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InboundEventKind other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    /// <summary>True if both are the same kind.</summary>
    public static bool operator ==(InboundEventKind left, InboundEventKind right) => left.Equals(right);

    /// <summary>True if the kinds differ.</summary>
    public static bool operator !=(InboundEventKind left, InboundEventKind right) => !left.Equals(right);

    /// <summary>Writes the kind as a JSON string. Public because a source-generated serializer of another assembly creates it.</summary>
    public sealed class JsonConverter : JsonConverter<InboundEventKind>
    {
        /// <inheritdoc/>
        public override InboundEventKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: > 0 } text ? new InboundEventKind(text) : Unknown;

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, InboundEventKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
