using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations;

/// <summary>
/// A token, code or key in memory. It prints as <c>[secret]</c> in logs, exceptions, string interpolation and the debugger;
/// its text is reached only through <see cref="Reveal"/>.
/// </summary>
/// <remarks>
/// <c>default</c> is the empty secret. Serialising one throws <see cref="NotSupportedException"/>: a secret that ends up in a
/// document by accident fails the first test that writes it. Equality takes constant time for equal lengths.
/// </remarks>
[DebuggerDisplay("[secret]")]
[JsonConverter(typeof(RefusingJsonConverter))]
public readonly struct Secret : IEquatable<Secret>
{
    private const string Mask = "[secret]";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _text;

    /// <summary>Wraps a secret's text. Null and empty give the empty secret.</summary>
    public Secret(string? text) => _text = text;

    /// <summary>True if there is no text.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_text);

    /// <summary>The text itself. Call it where the secret leaves for the platform, and nowhere else.</summary>
    public string Reveal() => _text ?? string.Empty;

    /// <summary><c>[secret]</c>, or the empty string for the empty secret.</summary>
    public override string ToString() => IsEmpty ? string.Empty : Mask;

    /// <inheritdoc/>
    public bool Equals(Secret other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Reveal()), Encoding.UTF8.GetBytes(other.Reveal()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>True if both hold the same text.</summary>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>True if the texts differ.</summary>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);

    internal sealed class RefusingJsonConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refusal();

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => throw Refusal();

        private static NotSupportedException Refusal() =>
            new("A Secret is never read from or written to JSON. Seal it with ISecretProtector, or send Reveal() to the platform itself.");
    }
}
