using System.Globalization;
using System.Text;

namespace Integrations;

/// <summary>
/// Splits a message into parts a platform takes one by one: each attachment alone and first, then the text in pieces, with quick
/// replies and buttons on the last part only (on an earlier one a platform would hide or misplace them).
/// </summary>
/// <remarks>
/// Text is cut at white space where the piece has any, which is then dropped on both sides of the cut; else between characters as
/// people see them (grapheme clusters), and nothing is dropped. Only a cluster that is longer than the limit by itself is cut
/// inside, never within a surrogate pair. Pieces without visible text are left out.
/// </remarks>
internal static class MessageSplitter
{
    /// <summary>The parts, in the order to send. Empty if there is nothing to send.</summary>
    /// <param name="message">The message.</param>
    /// <param name="policy">The platform's limits.</param>
    /// <param name="answers">The message it answers if it does not say so itself. Null for none.</param>
    public static IReadOnlyList<OutboundMessage> Split(OutboundMessage message, MessagingPolicy policy, string? answers = null)
    {
        answers = message.ReplyToMessageId ?? answers;
        if (message.Action is { } action)
            return [new OutboundMessage { Action = action, ReplyToMessageId = answers, Purpose = message.Purpose }];

        var parts = new List<OutboundMessage>();
        foreach (var attachment in message.Attachments)
            parts.Add(new OutboundMessage { Attachments = [attachment], ReplyToMessageId = answers, Purpose = message.Purpose });
        foreach (var text in SplitText(message.Text ?? string.Empty, policy.MaxTextLength, policy.TextUnit))
            parts.Add(new OutboundMessage { Text = text, ReplyToMessageId = answers, Purpose = message.Purpose });

        if (parts.Count > 0 && (message.QuickReplies.Count > 0 || message.Buttons.Count > 0))
            parts[^1] = new OutboundMessage
            {
                Text = parts[^1].Text,
                Attachments = parts[^1].Attachments,
                QuickReplies = message.QuickReplies,
                Buttons = message.Buttons,
                ReplyToMessageId = answers,
                Purpose = message.Purpose,
            };
        return parts;
    }

    /// <summary>The text in pieces of at most <paramref name="limit"/> units.</summary>
    internal static List<string> SplitText(string text, int limit, TextLengthUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 4); // the longest single character in UTF-8
        var pieces = new List<string>();
        if (string.IsNullOrWhiteSpace(text))
            return pieces;
        if (Length(text, unit) <= limit)
            return [text];

        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var (piece, next) = Cut(rest, limit, unit);
            if (piece > 0)
                pieces.Add(rest[..piece].ToString());
            rest = rest[next..];
        }

        return pieces;
    }

    /// <summary>Cuts one piece off: how many characters it has, 0 for none, and where the rest begins.</summary>
    private static (int Piece, int Next) Cut(ReadOnlySpan<char> text, int limit, TextLengthUnit unit)
    {
        var (fits, used, visible) = (0, 0, 0);
        (int Piece, int Next) space = default, lineBreak = default;
        while (fits < text.Length)
        {
            var cluster = text.Slice(fits, StringInfo.GetNextTextElementLength(text[fits..]));
            var length = Length(cluster, unit);
            if (used + length > limit)
                break;
            (fits, used) = (fits + cluster.Length, used + length);
            if (!cluster.IsWhiteSpace())
                visible = fits;
            else if (visible > 0)
                space = (visible, fits);
            if (visible > 0 && cluster.Contains('\n'))
                lineBreak = (visible, fits);
        }

        if (fits == text.Length)
            return (visible, fits); // the last piece
        if (fits == 0)
            return CutInside(text, limit, unit);
        var after = SkipWhiteSpace(text, fits);
        if (after > fits || visible == 0)
            return (visible, after);
        // A line break is the better place, unless it leaves the piece half empty.
        var cut = lineBreak.Next > fits / 2 ? lineBreak : space;
        return cut.Piece > 0 ? (cut.Piece, SkipWhiteSpace(text, cut.Next)) : (fits, fits);
    }

    /// <summary>Cuts inside a cluster that is longer than the limit by itself, never within a surrogate pair.</summary>
    private static (int Piece, int Next) CutInside(ReadOnlySpan<char> text, int limit, TextLengthUnit unit)
    {
        var (fits, used) = (0, 0);
        while (fits < text.Length)
        {
            // A lone surrogate counts as one character of three bytes: what its replacement takes.
            _ = Rune.DecodeFromUtf16(text[fits..], out _, out var characters);
            var length = Length(text.Slice(fits, characters), unit);
            if (used + length > limit)
                break;
            (fits, used) = (fits + characters, used + length);
        }

        return (text[..fits].IsWhiteSpace() ? 0 : fits, fits);
    }

    private static int SkipWhiteSpace(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length)
        {
            var cluster = StringInfo.GetNextTextElementLength(text[from..]);
            if (!text.Slice(from, cluster).IsWhiteSpace())
                break;
            from += cluster;
        }

        return from;
    }

    private static int Length(ReadOnlySpan<char> text, TextLengthUnit unit) =>
        unit == TextLengthUnit.Utf8Bytes ? Encoding.UTF8.GetByteCount(text) : text.Length;
}
