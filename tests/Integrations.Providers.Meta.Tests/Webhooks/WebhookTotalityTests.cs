using System.Text;
using CsCheck;

namespace Integrations.Providers.Meta.Tests;

/// <summary>Nothing anybody posts makes the reader throw.</summary>
public sealed class WebhookTotalityTests
{
    private static readonly string[] Bodies = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.json")
        .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Select(File.ReadAllText)];

    private static readonly string[] Words =
    [
        "object", "entry", "id", "time", "messaging", "standby", "changes", "field", "value", "sender", "recipient", "timestamp", "message", "mid",
        "text", "attachments", "type", "payload", "url", "sticker_id", "quick_reply", "reply_to", "is_echo", "app_id", "metadata", "is_deleted",
        "postback", "read", "watermark", "delivery", "mids", "reaction", "action", "message_edit", "num_edit", "referral", "ref", "optin", "from",
        "comment_id", "created_time", "item", "verb", "x", "\\ud83d", "\\u0000",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1458692752478", "1e400", "1.5e12", "99999999999999999999", "\"\"", "\"page\"", "\"0\"", "\"1029\"", "\"7392\"",
        "\"1458692752478\"", "\"caf\\u00e9\"", "\"\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"a\\\\\\\"b\\/\"", "\"" + new string('a', 300) + "\"",
    ];

    private static readonly Gen<string> Scalar = OneOf(Scalars);

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 6
        ? Scalar
        : Gen.OneOf(
            Scalar,
            inner.Array[0, 4].Select(items => "[" + string.Join(',', items) + "]"),
            Gen.Select(OneOf(Words), inner).Array[0, 6]
                .Select(pairs => "{" + string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}")) + "}")));

    [Fact]
    public void No_json_of_meta_s_words_makes_it_throw() => Json.Sample(
        json => WebhookBatchReader.Read(Encoding.UTF8.GetBytes(json), "page", "1") is not null, iter: 5_000);

    [Fact]
    public void No_item_makes_it_throw_or_takes_its_neighbours_down() => Json.Sample(
        item =>
        {
            var body = $$"""{"object":"page","entry":[{"id":"1029","time":1,"messaging":[{{Good("a")}},{{item}},{{Good("b")}}]},{"id":"2058","changes":[{{item}}],"messaging":[{{Good("c", "2058")}}]}]}""";
            var batch = WebhookBatchReader.Read(Encoding.UTF8.GetBytes(body), "page", "1");
            return batch.IsComplete && batch.Events.Select(found => found.EventId).Intersect(["m_a", "m_b", "m_c"]).Count() == 3;
        },
        iter: 5_000);

    [Fact]
    public void No_bytes_make_it_throw() => Gen.Byte.Array[0, 200].Sample(
        bytes => WebhookBatchReader.Read(bytes, "page", "1").Events.Count == 0, iter: 5_000);

    [Fact]
    public void No_damage_to_a_real_body_makes_it_throw() => Gen.Select(OneOf(Bodies), Gen.Int[0, 5_000], Gen.Byte, Gen.Int[0, 3]).Sample(
        (body, position, value, how) =>
        {
            var bytes = Encoding.UTF8.GetBytes(body).ToList();
            var at = position % bytes.Count;
            switch (how)
            {
                case 0: bytes[at] = value; break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, value); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
            return WebhookBatchReader.Read([.. bytes], "page", "1") is not null;
        },
        iter: 20_000);

    [Fact]
    public void What_came_before_the_break_in_a_body_is_kept()
    {
        var body = $$"""{"object":"page","entry":[{"id":"1029","messaging":[{{Good("a")}},{"sender":""";
        var batch = WebhookBatchReader.Read(Encoding.UTF8.GetBytes(body), "page", "1");
        Assert.False(batch.IsComplete);
        Assert.Equal("m_a", Assert.Single(batch.Events).EventId);
    }

    [Fact]
    public void A_deep_item_loses_only_itself()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 400)) + string.Concat(Enumerable.Repeat("]}", 400));
        var body = $$"""{"object":"page","entry":[{"id":"1029","messaging":[{{Good("a")}},{{deep}},{{Good("b")}}]}]}""";
        var batch = WebhookBatchReader.Read(Encoding.UTF8.GetBytes(body), "page", "1");
        Assert.Equal(["message", "unknown", "message"], batch.Events.Select(found => found.Kind.Value));
    }

    [Fact]
    public void Half_an_emoji_does_not_lose_the_rest_of_the_text()
    {
        const string body = """{"object":"page","entry":[{"id":"1029","messaging":[{"sender":{"id":"7"},"recipient":{"id":"1029"},"message":{"mid":"m","text":"a\"b\\c \ud83d \ud83d\ude00\n"}}]}]}""";
        var found = Assert.Single(WebhookBatchReader.Read(Encoding.UTF8.GetBytes(body), "page", "1").Events);
        Assert.Equal("a\"b\\c \uFFFD 😀\n", found.Text);
    }

    [Fact]
    public void White_space_is_taken_out_of_what_is_kept_raw()
    {
        const string body = """{ "object" : "page", "entry" : [ { "id" : "1029", "messaging" : [ { "x" : "a b \" c" , "y" : [ 1, 2 ] } ] } ] }""";
        var found = Assert.Single(WebhookBatchReader.Read(Encoding.UTF8.GetBytes(body), "page", "1").Events);
        Assert.Equal("""{"x":"a b \" c","y":[1,2]}""", found.Raw);
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Good(string id, string account = "1029") =>
        $$$"""{"sender":{"id":"7392"},"recipient":{"id":"{{{account}}}"},"timestamp":1458692752478,"message":{"mid":"m_{{{id}}}","text":"{{{id}}}"}}""";
}
