using System.Collections;
using System.Text.Json;

namespace Integrations.Tests.Inbound;

public sealed class EventWriterTests
{
    private static readonly InboundEvent Everything = new()
    {
        Kind = InboundEventKind.Echo,
        AccountId = "page-1",
        EventId = "m_1",
        ContactId = "ann",
        OccurredAt = new DateTimeOffset(2026, 3, 1, 12, 30, 15, 123, TimeSpan.Zero),
        MessageId = "m_2",
        Text = "Zürich \"quoted\" \\ \u0000 日本 😀",
        Payload = "PRESSED",
        ReplyToMessageId = "m_3",
        Attachments = [new MessageAttachment { Type = "image", Url = "https://x.example/a?b=c&d", Title = "A", PlatformId = "77" }, new MessageAttachment { Type = "file" }],
        Metadata = "meta",
        IsOwnEcho = true,
        IsStandby = true,
        Raw = """{"a":"b"}""",
    };

    [Fact]
    public void Every_property_of_an_event_is_read_back_as_it_was_written()
    {
        // By reflection: a property added later and forgotten in the writer fails here.
        foreach (var property in typeof(InboundEvent).GetProperties())
            Assert.False(IsDefault(property.GetValue(Everything)), $"{property.Name} is not set in this test.");
        using var writer = new EventWriter();
        AssertSame(Everything, Read(writer.Write(Everything)));
    }

    [Fact]
    public void What_is_not_set_is_left_out_and_read_back_as_it_was()
    {
        var bare = new InboundEvent { Kind = InboundEventKind.Policy, AccountId = "page-1", EventId = "e" };
        using var writer = new EventWriter();
        var json = writer.Write(bare);
        Assert.Equal("""{"kind":"policy","account_id":"page-1","event_id":"e","attachments":[]}""", json);
        AssertSame(bare, Read(json));
    }

    [Fact]
    public void One_writer_writes_a_batch_of_any_sizes()
    {
        using var writer = new EventWriter();
        foreach (var length in (int[])[1, 5_000, 3, 100_000, 0])
        {
            var text = new string('x', length);
            Assert.Equal(text, Read(writer.Write(new InboundEvent { Kind = InboundEventKind.Message, AccountId = "p", EventId = "e", Text = text })).Text);
        }
    }

    private static InboundEvent Read(string json)
    {
        using var document = JsonDocument.Parse(json); // well-formed for every reader, not only ours
        var message = new StoredMessage
        {
            Id = Guid.CreateVersion7(),
            Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
            Direction = MessageDirection.Inbound,
            Lane = "l",
            DedupeKey = "d",
            Kind = "message",
            Payload = json,
            State = MessageState.Pending,
            ReceivedAt = default,
        };
        Assert.True(MessageJson.TryRead(message, out InboundEvent? read));
        return read;
    }

    private static void AssertSame(InboundEvent expected, InboundEvent actual)
    {
        foreach (var property in typeof(InboundEvent).GetProperties().Where(p => p.PropertyType != typeof(IReadOnlyList<MessageAttachment>)))
            Assert.Equal(property.GetValue(expected), property.GetValue(actual));
        Assert.Equal(expected.Attachments.Select(a => (a.Type, a.Url, a.Title, a.PlatformId)), actual.Attachments.Select(a => (a.Type, a.Url, a.Title, a.PlatformId)));
    }

    private static bool IsDefault(object? value) => value is null or false or "" or ICollection { Count: 0 };
}
