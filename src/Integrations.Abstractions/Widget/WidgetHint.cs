using System.Globalization;

namespace Integrations;

/// <summary>
/// Word from one host to all: something happened in a conversation. Never content: what counts is in the database, and a hint that
/// is lost costs a reader seconds. Immutable.
/// </summary>
public readonly record struct WidgetHint
{
    private const char Separator = '|';
    private const int Parts = 4;

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>The contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>What happened.</summary>
    public required WidgetHintKind Kind { get; init; }

    /// <summary>The number of the message it is about. 0 if none.</summary>
    public long Sequence { get; init; }

    /// <summary>The hint as short text, for a backplane to carry; about 70 characters with the widget's own contact ids.</summary>
    public string Encode() => string.Create(CultureInfo.InvariantCulture, $"{IntegrationId:N}|{(int)Kind}|{Sequence}|{ContactId}");

    /// <summary>Reads what <see cref="Encode"/> wrote. False for anything else, also from a newer version.</summary>
    public static bool TryDecode(string? text, out WidgetHint hint)
    {
        hint = default;
        if (text?.Split(Separator, Parts) is not [var id, var kindText, var sequenceText, { Length: > 0 } contact]
            || !Guid.TryParseExact(id, "N", out var integration)
            || !int.TryParse(kindText, NumberStyles.None, CultureInfo.InvariantCulture, out var kind) || !Enum.IsDefined((WidgetHintKind)kind)
            || !long.TryParse(sequenceText, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;
        hint = new WidgetHint { IntegrationId = integration, ContactId = contact, Kind = (WidgetHintKind)kind, Sequence = sequence };
        return true;
    }
}
