using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Webhooks;

public sealed class BatchTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Three_entries_of_three_events_give_nine_dispatches_to_the_right_owners_and_the_same_batch_again_gives_none(StoreKind store)
    {
        await using var stage = await TwoClients.SetAsync(store, Ct);
        var body = Batch(stage.Pages.Select((page, entry) => Entry(page.Id, Enumerable.Range(0, 3).Select(item => Message(page, $"mid-{entry}-{item}", $"text {entry}-{item}")))));

        Assert.Equal(200, await stage.Meta.Webhooks.PostRawAsync(body, ct: Ct));
        Assert.Equal(200, await stage.Meta.Webhooks.PostRawAsync(body, ct: Ct));
        await stage.SettleAsync(Ct);

        var expected = stage.Keys.SelectMany((key, entry) => Enumerable.Range(0, 3).Select(item => (key, $"text {entry}-{item}")));
        Assert.Equal(expected.ToHashSet(), stage.Asked.ToHashSet());
        Assert.Equal(9, stage.Asked.Count);
        Assert.All(stage.Keys, key => Assert.Equal(stage.Texts(key).Order(), stage.Texts(key)));
    }

    [Theory]
    [InlineData("\"not an object\"")]
    [InlineData("null")]
    [InlineData("""{"sender":{"id":"1"},"message":"not an object"}""")]
    [InlineData("""{"sender":7,"recipient":{"id":[]},"timestamp":"soon","message":{"mid":{},"text":5}}""")]
    public async Task A_malformed_item_in_the_middle_loses_only_itself(string malformed)
    {
        await using var stage = await TwoClients.SetAsync(StoreKind.Sqlite, Ct);
        var middle = stage.Pages[1];
        var body = Batch(stage.Pages.Select((page, entry) => Entry(page.Id,
            Enumerable.Range(0, 3).Select(item => page == middle && item == 1 ? malformed : Message(page, $"mid-{entry}-{item}", $"text {entry}-{item}")))));

        Assert.Equal(200, await stage.Meta.Webhooks.PostRawAsync(body, ct: Ct));
        await stage.SettleAsync(Ct);

        Assert.Equal(8, stage.Asked.Count);
        Assert.DoesNotContain(stage.Asked, asked => asked.Text == "text 1-1");
    }

    [Fact]
    public async Task A_malformed_entry_loses_only_itself()
    {
        await using var stage = await TwoClients.SetAsync(StoreKind.Sqlite, Ct);
        var body = Batch([Entry(stage.Pages[0].Id, [Message(stage.Pages[0], "m1", "one")]), "42", Entry(stage.Pages[2].Id, [Message(stage.Pages[2], "m2", "two")])]);

        Assert.Equal(200, await stage.Meta.Webhooks.PostRawAsync(body, ct: Ct));
        await stage.SettleAsync(Ct);

        Assert.Equal(["one", "two"], stage.Asked.Select(asked => asked.Text).Order());
    }

    [Fact]
    public async Task Escaped_bytes_verify_as_they_came_and_the_same_json_written_anew_does_not()
    {
        await using var stage = await TwoClients.SetAsync(StoreKind.Sqlite, Ct);
        var page = stage.Pages[0];
        const string Text = "Grüße, 24/7 ☕ 👋";
        var escaped = "Gr\\u00fc\\u00dfe, 24\\/7 \\u2615 \\ud83d\\udc4b";
        var body = Batch([Entry(page.Id, [Message(page, "m-escaped", escaped)])]);
        var signature = stage.Meta.Webhooks.SignatureOf(Encoding.UTF8.GetBytes(body));
        var anew = JsonNode.Parse(body)!.ToJsonString(Relaxed);
        Assert.NotEqual(body, anew);

        Assert.Equal(401, await stage.Meta.Webhooks.PostRawAsync(anew, signature, Ct));
        Assert.Equal(200, await stage.Meta.Webhooks.PostRawAsync(body, signature, Ct));
        await stage.SettleAsync(Ct);

        Assert.Equal(Text, Assert.Single(stage.Asked).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("sha1=0123456789abcdef0123456789abcdef01234567")]
    public async Task Without_a_right_signature_nothing_is_stored(string signature)
    {
        await using var stage = await TwoClients.SetAsync(StoreKind.Sqlite, Ct);
        var body = Batch([Entry(stage.Pages[0].Id, [Message(stage.Pages[0], "m1", "one")])]);

        Assert.Equal(401, await stage.Meta.Webhooks.PostRawAsync(body, signature, Ct));
        await stage.SettleAsync(Ct);

        Assert.Empty(stage.Asked);
    }

    private static string Batch(IEnumerable<string> entries) => $$"""{"object":"page","entry":[{{string.Join(',', entries)}}]}""";

    private static string Entry(string pageId, IEnumerable<string> items) =>
        $$"""{"id":"{{pageId}}","time":1767225600000,"messaging":[{{string.Join(',', items)}}]}""";

    private static string Message(SimulatedPage page, string mid, string text) => $$$"""
        {"sender":{"id":"{{{page.Contacts[0].Id}}}"},"recipient":{"id":"{{{page.Id}}}"},"timestamp":1767225600000,"message":{"mid":"{{{mid}}}","text":"{{{text}}}"}}
        """;

    /// <summary>Two clients with three live Pages: Anna has two of them.</summary>
    private sealed class TwoClients(Stage stage, SimulatedPage[] pages, IntegrationKey[] keys, ConcurrentQueue<(IntegrationKey Key, string Text)> asked) : IAsyncDisposable
    {
        private const string Sentinel = "the last one";

        public MetaSimulator Meta => stage.Meta;

        public SimulatedPage[] Pages => pages;

        public IntegrationKey[] Keys => keys;

        public IReadOnlyList<(IntegrationKey Key, string Text)> Asked => [.. asked.Where(entry => entry.Text != Sentinel)];

        public IEnumerable<string> Texts(IntegrationKey key) => Asked.Where(entry => entry.Key == key).Select(entry => entry.Text);

        public static async Task<TwoClients> SetAsync(StoreKind store, CancellationToken ct)
        {
            var asked = new ConcurrentQueue<(IntegrationKey, string)>();
            var agent = new AgentScript
            {
                Answer = (context, _) =>
                {
                    asked.Enqueue((context.Key, context.Event.Text!));
                    return Task.FromResult(MessageReply.None);
                },
            };
            var stage = await Stage.SetAsync(store, ct, new TestHostSettings { Agent = agent });
            var annasSecondChat = Person.Anna with { ChatId = Guid.Parse("0194c0de-0000-7000-8000-0000000000a2") };
            var pages = new List<SimulatedPage>();
            var keys = new List<IntegrationKey>();
            foreach (var person in new[] { Person.Anna, Person.Ben, annasSecondChat })
            {
                var owner = stage.Meta.AddUser($"Owner {pages.Count}");
                var page = stage.Meta.AddPage($"Page {pages.Count}", owner);
                page.AddContact("Carla");
                pages.Add(page);
                keys.Add(await stage.ConnectAsync(person, ct, owner, page));
                Assert.True((await stage.DeployAsync(person, ct)).AgentIsLive);
            }

            return new TwoClients(stage, [.. pages], [.. keys], asked);
        }

        /// <summary>Writes one more message to each Page and waits for it: what came before it in its lane is handled then.</summary>
        public async Task SettleAsync(CancellationToken ct)
        {
            foreach (var page in pages)
                Assert.Equal(200, (await page.Contacts[0].SendTextAsync(Sentinel, ct: ct)).Delivery?.Status);
            await Eventually.HoldsAsync(() => Task.FromResult(asked.Count(entry => entry.Text == Sentinel)), count => count == pages.Length, ct);
        }

        public ValueTask DisposeAsync() => stage.DisposeAsync();
    }
}
