using System.Globalization;
using System.Text;
using CsCheck;

namespace Integrations.Tests;

public sealed class MessageSplitterTests
{
    // Words, white space of several kinds, emoji with modifiers and joiners, flags, combining marks, Hangul, lone surrogates.
    private static readonly string[] Pieces =
    [
        "a", "word", " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "é", "e\u0301", " \u0301", "日本語", "🐎", "👩‍👩‍👧‍👦", "🇨🇿", "🇨", "👍🏽",
        "\u1100\u1161\u11A8", "ไทย", "\uD83D", "\uDC0E", "\u200D", ".", "supercalifragilistic",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 80].Select(string.Concat);

    private static readonly Gen<(string Text, int Limit, TextLengthUnit Unit)> Cases =
        Gen.Select(Texts, Gen.Int[4, 60], Gen.Bool, (text, limit, bytes) => (text, limit, bytes ? TextLengthUnit.Utf8Bytes : TextLengthUnit.Utf16Chars));

    [Fact]
    public void Every_piece_keeps_the_limit_and_shows_something() => Cases.Sample(c =>
    {
        foreach (var piece in Split(c))
        {
            Assert.InRange(Length(piece, c.Unit), 1, c.Limit);
            Assert.False(string.IsNullOrWhiteSpace(piece));
        }
    });

    [Fact]
    public void Nothing_but_white_space_at_the_cuts_is_dropped() => Cases.Sample(c =>
    {
        var position = 0;
        foreach (var piece in Split(c))
        {
            var found = c.Text.IndexOf(piece, position, StringComparison.Ordinal);
            Assert.True(found >= 0, "a piece is no part of the text");
            Assert.True(string.IsNullOrWhiteSpace(c.Text[position..found]));
            position = found + piece.Length;
        }

        Assert.True(string.IsNullOrWhiteSpace(c.Text[position..]));
    });

    [Fact]
    public void A_character_as_people_see_it_is_cut_only_if_it_is_longer_than_the_limit() => Cases.Sample(c =>
    {
        var boundaries = Boundaries(c.Text);
        var position = 0;
        foreach (var piece in Split(c))
        {
            var start = c.Text.IndexOf(piece, position, StringComparison.Ordinal);
            position = start + piece.Length;
            foreach (var cut in new[] { start, position })
                if (!boundaries.Contains(cut))
                    Assert.True(Length(ClusterAround(c.Text, cut), c.Unit) > c.Limit, $"cut at {cut} inside a character that fits");
        }
    });

    [Fact]
    public void A_surrogate_pair_is_never_cut() => Cases.Sample(c =>
    {
        var position = 0;
        foreach (var piece in Split(c))
        {
            var start = c.Text.IndexOf(piece, position, StringComparison.Ordinal);
            position = start + piece.Length;
            foreach (var cut in new[] { start, position })
                Assert.False(cut > 0 && cut < c.Text.Length && char.IsSurrogatePair(c.Text, cut - 1));
        }
    });

    [Fact]
    public void A_text_that_fits_is_left_as_it_is() =>
        Texts.Where(t => !string.IsNullOrWhiteSpace(t)).Sample(t => Assert.Equal([t], MessageSplitter.SplitText(t, Math.Max(4, t.Length), TextLengthUnit.Utf16Chars)));

    [Fact]
    public void One_cluster_longer_than_the_limit_comes_to_an_end()
    {
        var zalgo = "e" + new string('\u0301', 5000);

        var pieces = MessageSplitter.SplitText(zalgo, 1000, TextLengthUnit.Utf8Bytes);

        Assert.Equal(zalgo, string.Concat(pieces));
        Assert.All(pieces, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), 1, 1000));
    }

    [Theory]
    [InlineData("one two three", 8, new[] { "one two", "three" })]
    [InlineData("one two\nthree four", 15, new[] { "one two", "three four" })]
    [InlineData("a\nbbbb cccc dddd", 12, new[] { "a\nbbbb cccc", "dddd" })]
    [InlineData("abcdefghij", 4, new[] { "abcd", "efgh", "ij" })]
    [InlineData("abcd    efgh", 4, new[] { "abcd", "efgh" })]
    [InlineData("   lead", 10, new[] { "   lead" })]
    [InlineData("        ", 4, new string[0])]
    public void Cuts_are_where_a_reader_expects_them(string text, int limit, string[] pieces) =>
        Assert.Equal(pieces, MessageSplitter.SplitText(text, limit, TextLengthUnit.Utf16Chars));

    [Fact]
    public void Bytes_are_counted_where_the_platform_counts_bytes()
    {
        // 1000 bytes are 250 horses of four bytes each.
        var pieces = MessageSplitter.SplitText(string.Concat(Enumerable.Repeat("🐎", 600)), 1000, TextLengthUnit.Utf8Bytes);

        Assert.Equal([500, 500, 200], pieces.Select(p => p.Length));
    }

    [Fact]
    public void Attachments_go_first_and_choices_with_the_last_part_only()
    {
        var parts = MessageSplitter.Split(new OutboundMessage
        {
            Text = "one two three",
            Attachments = [new MessageAttachment { Type = "image", Url = "https://a.example/1.png" }, new MessageAttachment { Type = "image", Url = "https://a.example/2.png" }],
            QuickReplies = [new QuickReply { Title = "Yes", Payload = "YES" }],
            Buttons = [new MessageButton { Title = "Go", Payload = "GO" }],
            Purpose = MessagePurpose.HumanAgent,
        }, new MessagingPolicy { MaxTextLength = 8 });

        Assert.Equal([null, null, "one two", "three"], parts.Select(p => p.Text));
        Assert.Equal([1, 1, 0, 0], parts.Select(p => p.Attachments.Count));
        Assert.Equal([0, 0, 0, 1], parts.Select(p => p.QuickReplies.Count));
        Assert.Equal([0, 0, 0, 1], parts.Select(p => p.Buttons.Count));
        Assert.All(parts, p => Assert.Equal(MessagePurpose.HumanAgent, p.Purpose));
    }

    private static List<string> Split((string Text, int Limit, TextLengthUnit Unit) c) => MessageSplitter.SplitText(c.Text, c.Limit, c.Unit);

    private static int Length(string text, TextLengthUnit unit) => unit == TextLengthUnit.Utf8Bytes ? Encoding.UTF8.GetByteCount(text) : text.Length;

    private static HashSet<int> Boundaries(string text) => [.. StringInfo.ParseCombiningCharacters(text), text.Length];

    private static string ClusterAround(string text, int cut)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        var start = starts.Last(s => s <= cut);
        return text[start..starts.Append(text.Length).First(s => s > cut)];
    }
}
