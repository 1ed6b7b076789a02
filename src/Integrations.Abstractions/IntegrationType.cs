using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>
/// The name of a platform an agent can be connected to, such as <c>facebook</c>: the value of <c>integration_type</c>.
/// An open vocabulary: a third-party provider brings its own value with <see cref="Parse"/>.
/// </summary>
/// <remarks>Lower-case kebab case, 1 to 64 characters. Immutable and thread-safe; <c>default</c> is not a valid type.</remarks>
[JsonConverter(typeof(JsonConverter))]
public readonly struct IntegrationType : IEquatable<IntegrationType>, IParsable<IntegrationType>
{
    /// <summary>The longest allowed name, in characters.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private IntegrationType(string value) => _value = value;

    /// <summary>Website chat widget.</summary>
    public static IntegrationType ChatWidget { get; } = new("chat-widget");

    /// <summary>Facebook Messenger for Pages.</summary>
    public static IntegrationType Facebook { get; } = new("facebook");

    /// <summary>Instagram direct messages.</summary>
    public static IntegrationType Instagram { get; } = new("instagram");

    /// <summary>X (Twitter).</summary>
    public static IntegrationType X { get; } = new("x");

    /// <summary>Telegram.</summary>
    public static IntegrationType Telegram { get; } = new("telegram");

    /// <summary>LinkedIn.</summary>
    public static IntegrationType LinkedIn { get; } = new("linkedin");

    /// <summary>Email.</summary>
    public static IntegrationType Email { get; } = new("email");

    /// <summary>SMS.</summary>
    public static IntegrationType Sms { get; } = new("sms");

    /// <summary>Team collaboration tools.</summary>
    public static IntegrationType Team { get; } = new("team");

    /// <summary>The name as stored and as it appears in URLs. Empty for <c>default</c>.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Reads a type name.</summary>
    /// <exception cref="FormatException">The text is not lower-case kebab case of at most <see cref="MaxLength"/> characters.</exception>
    public static IntegrationType Parse(string text) => TryParse(text, out var type)
        ? type
        : throw new FormatException($"'{text}' is not an integration type. Use 1 to {MaxLength} lower-case letters, digits and single dashes, such as 'chat-widget'.");

    /// <summary>Reads a type name; false if the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IntegrationType type)
    {
        type = default;
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-' || text[^1] == '-' || text.Contains("--", StringComparison.Ordinal))
            return false;
        foreach (var c in text)
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                return false;
        type = new IntegrationType(text);
        return true;
    }

    static IntegrationType IParsable<IntegrationType>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<IntegrationType>.TryParse(string? s, IFormatProvider? provider, out IntegrationType result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(IntegrationType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IntegrationType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    /// <summary>True if both name the same platform.</summary>
    public static bool operator ==(IntegrationType left, IntegrationType right) => left.Equals(right);

    /// <summary>True if they name different platforms.</summary>
    public static bool operator !=(IntegrationType left, IntegrationType right) => !left.Equals(right);

    /// <summary>Writes the type as a JSON string, and as a property name. Public because a source-generated serializer of another assembly creates it.</summary>
    public sealed class JsonConverter : JsonConverter<IntegrationType>
    {
        /// <inheritdoc/>
        public override IntegrationType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var type) ? type : throw new JsonException("Not an integration type.");

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, IntegrationType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

        /// <inheritdoc/>
        public override IntegrationType ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        /// <inheritdoc/>
        public override void WriteAsPropertyName(Utf8JsonWriter writer, IntegrationType value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Value);
    }
}
