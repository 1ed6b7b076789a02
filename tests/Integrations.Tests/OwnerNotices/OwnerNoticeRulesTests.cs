namespace Integrations.Tests.OwnerNotices;

/// <summary>What is told, line by line: minutes, what happened, and whether the owner hears of it. The quiet time is an hour.</summary>
public sealed class OwnerNoticeRulesTests
{
    private static readonly DateTime Start = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("one break, one notice", "0 ReconnectRequired yes")]
    [InlineData("what mends without having been told is not told", "0 Degraded yes", "5 Recovered no")]
    [InlineData("the end of a told block is told", "0 Suspended yes", "90 Recovered yes")]
    [InlineData("the end is told once", "0 Suspended yes", "90 Recovered yes", "95 Degraded yes", "100 Recovered no")]
    [InlineData("flapping is held back", "0 Suspended yes", "5 Recovered no", "10 Suspended no", "15 Recovered no", "20 Suspended no")]
    [InlineData("an hour later it is news again", "0 Suspended yes", "5 Recovered no", "61 Suspended yes")]
    [InlineData("after a told end the next block is told", "0 Suspended yes", "61 Recovered yes", "62 Suspended yes", "63 Recovered no", "64 Suspended no")]
    [InlineData("a held back block ends aloud when the hour is over", "0 Suspended yes", "5 Recovered no", "10 Suspended no", "70 Recovered yes")]
    [InlineData("other bad news is told at once", "0 Suspended yes", "5 ReconnectRequired yes")]
    [InlineData("a break after a reconnect is news", "0 ReconnectRequired yes", "5 Connected yes", "10 ReconnectRequired yes")]
    [InlineData("connecting again ends the matter", "0 ReconnectRequired yes", "5 Connected yes", "90 Recovered no")]
    [InlineData("lost scopes have no end to tell", "0 ScopesReduced yes", "5 ScopesReduced no", "90 Recovered no")]
    [InlineData("each warning is told", "0 ExpiryWarning yes", "5 ExpiryWarning yes")]
    public void An_owner_hears_of(string story, params string[] lines)
    {
        var history = new List<(IntegrationEventKind Kind, DateTime At)>();
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            var at = Start.AddMinutes(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
            var kind = Enum.Parse<IntegrationEventKind>(parts[1]);

            Assert.True((parts[2] == "yes") == OwnerNoticeRules.Tells(history, kind, at, TimeSpan.FromHours(1)), $"{story}: {line}");

            history.Add((kind, at));
        }
    }

    /// <summary>Whatever flaps how ever: the last notice is never better than the truth, and each kind is told at most once an hour.</summary>
    [Fact]
    public void The_last_notice_is_never_better_than_the_truth()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var history = new List<(IntegrationEventKind Kind, DateTime At)>();
            var at = Start;
            var believesBroken = false;
            var lastTold = new Dictionary<IntegrationEventKind, DateTime>();
            for (var step = 0; step < 40; step++)
            {
                at = at.AddMinutes(random.Next(1, 50));
                var kind = step % 2 == 0 ? IntegrationEventKind.Suspended : IntegrationEventKind.Recovered;
                if (OwnerNoticeRules.Tells(history, kind, at, TimeSpan.FromHours(1)))
                {
                    Assert.True(!lastTold.TryGetValue(kind, out var last) || at - last >= TimeSpan.FromHours(1));
                    lastTold[kind] = at;
                    believesBroken = kind == IntegrationEventKind.Suspended;
                }

                if (kind == IntegrationEventKind.Suspended)
                    Assert.True(believesBroken);
                history.Add((kind, at));
            }
        }
    }
}
