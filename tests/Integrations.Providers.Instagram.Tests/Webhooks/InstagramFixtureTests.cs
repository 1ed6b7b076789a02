using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram.Tests;

/// <summary>Each fixture is a webhook body in Instagram's form, with the events it stands for beside it.</summary>
public sealed class InstagramFixtureTests
{
    private static readonly string[] Apps = [InstagramHarness.AppId, InstagramHarness.InstagramAppId];
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.expected.json").Select(file => Path.GetFileName(file)[..^".expected.json".Length]).Order(StringComparer.Ordinal)];

    private static readonly string[] Bodies = [.. Directory.GetFiles(Folder, "*.json")
        .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Select(File.ReadAllText)];

    [Theory, MemberData(nameof(Names))]
    public void A_body_gives_its_events(string name)
    {
        var batch = Read(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        Assert.True(batch.IsComplete);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".expected.json")))!.AsArray();
        var actual = new JsonArray([.. batch.Events.Select(Describe)]);
        Assert.True(JsonNode.DeepEquals(expected, actual), actual.ToJsonString());
        Assert.All(batch.Events, found => Assert.Equal(InstagramHarness.AccountId, found.AccountId));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_redelivery_has_the_same_event_ids(string name)
    {
        var body = File.ReadAllText(Path.Combine(Folder, name + ".json"));
        var later = body.Replace("\"time\": 1785312004923", "\"time\": 1785312999999", StringComparison.Ordinal);
        Assert.NotEqual(body, later);
        Assert.Equal(Read(Encoding.UTF8.GetBytes(body)).Events.Select(e => e.EventId), Read(Encoding.UTF8.GetBytes(later)).Events.Select(e => e.EventId));
    }

    [Theory]
    [InlineData("edit", "edit-as-change")]
    [InlineData("reaction", "reaction-as-change")]
    [InlineData("comment-flat", "comment-in-changes")]
    [InlineData("text", "text")]
    public void Both_shapes_of_one_event_have_one_id(string one, string other) => Assert.Equal(
        Read(File.ReadAllBytes(Path.Combine(Folder, one + ".json"))).Events.Select(e => e.EventId),
        Read(File.ReadAllBytes(Path.Combine(Folder, other + ".json"))).Events.Select(e => e.EventId));

    [Fact]
    public void No_damage_to_a_real_body_makes_it_throw() => Gen.Select(Gen.Int[0, Bodies.Length - 1], Gen.Int[0, 5_000], Gen.Byte, Gen.Int[0, 3]).Sample(
        (which, position, value, how) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Bodies[which]).ToList();
            var at = position % bytes.Count;
            switch (how)
            {
                case 0: bytes[at] = value; break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, value); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
            return Read([.. bytes]) is not null;
        },
        iter: 20_000);

    private static readonly string[] Words =
        ["field", "value", "from", "id", "mid", "text", "emoji", "action", "num_edit", "sender", "recipient", "timestamp", "message", "reaction", "read", "message_edit", "x"];

    private static readonly string[] Scalars =
        ["null", "true", "0", "1e400", "\"\"", "\"17841400000000001\"", "\"message_edit\"", "\"message_reactions\"", "\"messages\"", "\"comments\"", "\"\\ud83d\"", "\"\\u0000\""];

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 5
        ? Gen.Int[0, Scalars.Length - 1].Select(i => Scalars[i])
        : Gen.OneOf(
            Gen.Int[0, Scalars.Length - 1].Select(i => Scalars[i]),
            inner.Array[0, 3].Select(items => "[" + string.Join(',', items) + "]"),
            Gen.Select(Gen.Int[0, Words.Length - 1], inner).Array[0, 5].Select(pairs => "{" + string.Join(',', pairs.Select(p => $"\"{Words[p.Item1]}\":{p.Item2}")) + "}")));

    [Fact]
    public void No_item_or_change_makes_it_throw_or_takes_its_neighbours_down() => Json.Sample(
        item =>
        {
            const string good = """{"sender":{"id":"7"},"recipient":{"id":"17841400000000001"},"message":{"mid":"m_good","text":"a"}}""";
            var body = $$"""{"object":"instagram","entry":[{"id":"17841400000000001","changes":[{{item}},{"field":"message_edit","value":{{item}}}],"messaging":[{{item}},{{good}}]}]}""";
            var batch = Read(Encoding.UTF8.GetBytes(body));
            return batch.IsComplete && batch.Events.Exists(found => found.EventId == "m_good");
        },
        iter: 5_000);

    [Fact]
    public void An_unknown_change_is_kept_as_it_came()
    {
        var found = Assert.Single(Read(File.ReadAllBytes(Path.Combine(Folder, "unknown-field.json"))).Events);
        Assert.Equal("""{"field":"story_insights","value":{"media_id":"1"}}""", found.Raw);
    }

    private static WebhookBatch Read(byte[] body) => WebhookBatchReader.Read(body, "instagram", Apps);

    private static JsonNode Describe(InboundEvent found)
    {
        var text = new JsonObject
        {
            ["kind"] = found.Kind.Value,
            ["id"] = found.EventId.Split(':') is [("unknown" or "policy_enforcement") and var word, { Length: 32 }] ? "HASH:" + word : found.EventId,
        };
        Add(text, "contact", found.ContactId);
        if (found.OccurredAt is { } at)
            text["at"] = at.ToUnixTimeMilliseconds();
        Add(text, "message", found.MessageId);
        Add(text, "text", found.Text);
        Add(text, "payload", found.Payload);
        Add(text, "replyTo", found.ReplyToMessageId);
        Add(text, "metadata", found.Metadata);
        if (found.Attachments.Count > 0)
            text["attachments"] = new JsonArray([.. found.Attachments.Select(Describe)]);
        foreach (var (name, value) in new[] { ("isOwnEcho", found.IsOwnEcho), ("raw", found.Raw is not null), ("isStandby", found.IsStandby) })
            if (value)
                text[name] = true;
        return text;
    }

    private static JsonNode Describe(MessageAttachment attachment)
    {
        var text = new JsonObject { ["type"] = attachment.Type };
        Add(text, "url", attachment.Url);
        return text;
    }

    private static void Add(JsonObject to, string name, string? value)
    {
        if (value is not null)
            to[name] = value;
    }
}
