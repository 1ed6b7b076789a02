using System.Text.Json.Nodes;

namespace Integrations.Providers.Meta.Tests;

/// <summary>
/// Each fixture is a webhook body in Meta's documented form, with the events it stands for beside it. "HASH:word" stands for an
/// id made of the item's bytes.
/// </summary>
public sealed class WebhookFixtureTests
{
    private const string AppId = "1517776481860111";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.expected.json").Select(file => Path.GetFileName(file)[..^".expected.json".Length]).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void A_body_gives_its_events(string name)
    {
        var batch = WebhookBatchReader.Read(Body(name), "page", AppId);
        Assert.True(batch.IsComplete);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".expected.json")))!.AsArray();
        Assert.Equal(expected.Select(node => Sorted(node!.AsObject()).ToJsonString()), batch.Events.Select(found => Describe(found).ToJsonString()));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_body_again_gives_the_same_event_ids(string name)
    {
        var first = WebhookBatchReader.Read(Body(name), "page", AppId).Events.Select(found => found.EventId);
        // A redelivery is sent later: only the entry's own time differs.
        var later = System.Text.Encoding.UTF8.GetString(Body(name)).Replace("\"time\":1458692752478", "\"time\":1458692759999", StringComparison.Ordinal);
        var second = WebhookBatchReader.Read(System.Text.Encoding.UTF8.GetBytes(later), "page", AppId).Events.Select(found => found.EventId);
        Assert.Equal(first, second);
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_kept_raw_is_the_item_as_it_came(string name)
    {
        var body = System.Text.Encoding.UTF8.GetString(Body(name));
        Assert.All(WebhookBatchReader.Read(Body(name), "page", AppId).Events.Where(found => found.Raw is not null),
            found => Assert.Contains(found.Raw!, body, StringComparison.Ordinal));
    }

    private static byte[] Body(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    private static JsonObject Describe(InboundEvent found)
    {
        var text = new JsonObject { ["kind"] = found.Kind.Value, ["account"] = found.AccountId, ["id"] = Id(found.EventId) };
        Add(text, "contact", found.ContactId);
        if (found.OccurredAt is { } at)
            text["at"] = at.ToUnixTimeMilliseconds();
        Add(text, "message", found.MessageId);
        Add(text, "text", found.Text);
        Add(text, "payload", found.Payload);
        Add(text, "replyTo", found.ReplyToMessageId);
        if (found.Attachments.Count > 0)
            text["attachments"] = new JsonArray([.. found.Attachments.Select(Describe)]);
        Add(text, "metadata", found.Metadata);
        if (found.IsOwnEcho)
            text["isOwnEcho"] = true;
        if (found.Raw is not null)
            text["raw"] = true;
        if (found.IsStandby)
            text["isStandby"] = true;
        return Sorted(text);
    }

    private static JsonNode Describe(MessageAttachment attachment)
    {
        var text = new JsonObject { ["type"] = attachment.Type };
        Add(text, "url", attachment.Url);
        Add(text, "title", attachment.Title);
        Add(text, "platformId", attachment.PlatformId);
        return Sorted(text);
    }

    private static string Id(string id) => id.LastIndexOf(':') is var colon and > 0 && id.Length - colon - 1 == 32 && id[(colon + 1)..].All(char.IsAsciiHexDigitLower)
        ? "HASH:" + id[..colon]
        : id;

    private static void Add(JsonObject text, string name, string? value)
    {
        if (value is not null)
            text[name] = value;
    }

    private static JsonObject Sorted(JsonObject text) =>
        new(text.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value))));

    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject inner => Sorted(inner),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => value?.DeepClone(),
    };
}
