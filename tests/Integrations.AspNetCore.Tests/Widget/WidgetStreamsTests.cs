using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class WidgetStreamsTests
{
    private const int Streams = 150;

    [Fact]
    public async Task Streams_that_opened_at_one_moment_are_pinged_once_an_interval_and_spread_over_it()
    {
        var time = new FakeTimeProvider();
        var backplane = Substitute.For<IWidgetBackplane>();
        backplane.SubscribeAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Substitute.For<IAsyncDisposable>());
        var options = new IntegrationsWidgetOptions { PingInterval = TimeSpan.FromSeconds(15) };
        using var streams = new WidgetStreams(backplane, options, time);
        var widget = Guid.CreateVersion7();
        var open = new List<WidgetStream>();
        for (var i = 0; i < Streams; i++)
            open.Add((await streams.OpenAsync(widget, $"visitor-{i}")).Stream!);
        var pinged = new List<int>();
        for (var second = 0; second < 15; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            pinged.Add(open.Count(stream => stream.TryRead(out var kind) && kind is null));
        }

        Assert.All(pinged, count => Assert.Equal(Streams / 15, count));
    }
}
