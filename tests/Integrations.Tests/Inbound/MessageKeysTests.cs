using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests;

public sealed class MessageKeysTests
{
    private static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-000000000002");

    [Fact]
    public void Names_are_as_stored_by_earlier_versions()
    {
        Assert.Equal("in:0193a000000070008000000000000002:ann", MessageKeys.InboundLane(Id, "ann"));
        Assert.Equal("in:0193a000000070008000000000000002:-", MessageKeys.InboundLane(Id, null));
        Assert.Equal("echo:0193a000000070008000000000000002:-", MessageKeys.EchoLane(Id));
        Assert.Equal("out:0193a000000070008000000000000002:ann", MessageKeys.OutboundLane(Id, "ann"));
        Assert.Equal("in:mid.1", MessageKeys.Event("mid.1"));
        Assert.Equal("re:0193a000000070008000000000000002:3", MessageKeys.Reply(Id, 3));
        Assert.Equal(("welcome:ann", "welcome:ann:1"), (MessageKeys.Welcome("ann", 0), MessageKeys.Welcome("ann", 1)));
        Assert.Equal("key:order-7:0", MessageKeys.Caller("order-7", 0));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("a:b:c")]
    [InlineData("")]
    public void What_logs_show_of_a_lane_names_no_contact(string contact)
    {
        Assert.Equal("in:0193a000000070008000000000000002", MessageKeys.WithoutContact(MessageKeys.InboundLane(Id, contact)));
        Assert.Equal("out:0193a000000070008000000000000002", MessageKeys.WithoutContact(MessageKeys.OutboundLane(Id, contact)));
        Assert.Equal("?", MessageKeys.WithoutContact(contact.Replace(":", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_never_outgrow_their_columns_and_stay_distinct() =>
        Gen.String[0, 2000].Array[2].Sample(ids =>
        {
            Assert.InRange(MessageKeys.InboundLane(Id, ids[0]).Length, 1, 200);
            Assert.InRange(MessageKeys.OutboundLane(Id, ids[0]).Length, 1, 200);
            Assert.InRange(MessageKeys.Event(ids[0]).Length, 1, 300);
            Assert.InRange(MessageKeys.Caller(ids[0], int.MaxValue).Length, 1, 300);
            Assert.Equal(ids[0] == ids[1], MessageKeys.OutboundLane(Id, ids[0]) == MessageKeys.OutboundLane(Id, ids[1]));
            Assert.Equal(ids[0] == ids[1], MessageKeys.Event(ids[0]) == MessageKeys.Event(ids[1]));
        });

    [Fact]
    public void Ids_rise_also_within_a_millisecond_and_when_the_clock_goes_back()
    {
        var time = new FakeTimeProvider();
        var ids = new MessageIds(time);
        var previous = ids.Next();

        for (var i = 0; i < 20_000; i++)
        {
            if (i % 7000 == 0)
                time.AdjustTime(time.GetUtcNow().AddSeconds(i % 2 == 0 ? -1 : 1));
            var next = ids.Next();
            Assert.True(string.CompareOrdinal(previous.ToString(), next.ToString()) < 0);
            Assert.Equal(7, next.Version);
            previous = next;
        }
    }
}
