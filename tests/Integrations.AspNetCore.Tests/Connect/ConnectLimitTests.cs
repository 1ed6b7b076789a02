using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class ConnectLimitTests
{
    private const string Start = "/integrations/facebook/connect?chat_id=22222222-2222-7222-8222-222222222222";
    private const string Callback = "/integrations/facebook/callback?state=s&code=c";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task One_person_starts_so_many_connects_a_minute_and_others_are_not_kept_waiting()
    {
        await using var app = await StartAsync(o => o.MaxConnectsPerMinute = 3);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Found, (await app.Ann.GetPageAsync(Start)).StatusCode);

        var refused = await app.Ann.GetPageAsync(Start);

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refused.StatusCode, refused.Header("Retry-After")));
        await app.Connector.ReceivedWithAnyArgs(3).StartAsync(default!, TestContext.Current.CancellationToken);
        var ben = (TestAuthentication.Header, $"{TestApp.ClientId};ben");
        Assert.Equal(HttpStatusCode.Found, (await app.Anonymous.GetPageAsync(Start, ben)).StatusCode);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Found, (await app.Ann.GetPageAsync(Start)).StatusCode);
    }

    [Fact]
    public async Task One_address_makes_so_many_callbacks_a_minute_and_the_rest_use_no_state_up()
    {
        await using var app = await StartAsync(o => o.MaxCallbacksPerMinute = 5);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await app.Anonymous.GetPageAsync(Callback)).StatusCode);

        var refused = await app.Anonymous.GetPageAsync(Callback, ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await app.Connector.ReceivedWithAnyArgs(5).CompleteAsync(default!, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Anonymous.GetPageAsync(Callback)).StatusCode);
    }

    [Theory]
    [InlineData(Callback, "&x=")]
    [InlineData(Start, "&return_path=/")]
    public async Task A_query_beyond_what_a_platform_sends_reaches_nobody(string path, string parameter)
    {
        await using var app = await StartAsync();
        var response = await app.Ann.GetPageAsync(path + parameter + new string('a', 9_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().CompleteAsync(default!, TestContext.Current.CancellationToken);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(Callback)]
    [InlineData(Start)]
    public async Task A_query_of_a_megabyte_is_refused_by_the_server_itself(string path)
    {
        await using var app = await StartAsync(kestrel: true);
        var response = await app.Ann.GetPageAsync(path + "&x=" + new string('a', 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().CompleteAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Memory_of_callers_is_bounded_and_those_beyond_it_share_one_place()
    {
        var limit = new MinuteLimit(1, _time);
        for (var i = 0; i < 10_000; i++)
            Assert.Null(limit.Take($"caller-{i}"));
        Assert.Null(limit.Take("one more"));
        Assert.NotNull(limit.Take("and another"));
        Assert.NotNull(limit.Take("caller-0"));
    }

    [Fact]
    public async Task A_limit_must_let_somebody_in() =>
        Assert.Contains("MaxConnectsPerMinute", (await Assert.ThrowsAsync<IntegrationException>(() => StartAsync(o => o.MaxConnectsPerMinute = 0))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    public void A_caller_is_a_network(string address, string network) => Assert.Equal(network, ConnectLimits.Network(IPAddress.Parse(address)));

    private async Task<TestApp> StartAsync(Action<IntegrationsEndpointOptions>? options = null, bool kestrel = false)
    {
        var app = await TestApp.StartAsync(options, s => s.AddSingleton<TimeProvider>(_time), kestrel: kestrel);
        app.Connector.StartAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(
            new StartConnectResult { AuthorizationUri = new Uri("https://www.facebook.com/dialog?state=S"), BrowserToken = new Secret("B"), ExpiresAt = DateTimeOffset.UnixEpoch });
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.StateUnknown });
        return app;
    }
}
