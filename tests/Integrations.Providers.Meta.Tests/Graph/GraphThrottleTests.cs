using System.Net;

namespace Integrations.Providers.Meta.Tests;

public sealed class GraphThrottleTests
{
    private const string Send = "POST /v26.0/1029/messages";
    private readonly GraphHarness _graph = new();

    [Fact]
    public async Task Meta_s_estimate_pauses_that_page_and_no_other()
    {
        _graph.Http.Json(Send, """{"message_id":"m"}""", HttpStatusCode.OK,
            ("X-Business-Use-Case-Usage", """{"1029":[{"type":"messenger","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":7}]}"""));
        Assert.True((await _graph.SendAsync()).Succeeded);

        var error = (await _graph.SendAsync()).Error!;
        Assert.Equal((ProviderErrorKind.RateLimited, TimeSpan.FromMinutes(7)), (error.Kind, error.RetryAfter));
        Assert.Single(_graph.Http.Calls);
        Assert.True((await _graph.SendAsync(budget: "2000")).Succeeded);

        _graph.Time.Advance(TimeSpan.FromMinutes(7));
        Assert.True((await _graph.SendAsync()).Succeeded);
    }

    [Theory]
    [InlineData("X-Business-Use-Case-Usage", """{"1029":[{"type":"messenger","call_count":95}]}""", true)]
    [InlineData("X-Business-Use-Case-Usage", """{"1029":[{"type":"pages","total_time":99}]}""", true)]
    [InlineData("x-business-use-case-usage", """{"1":[{"type":"messenger","call_count":3},{"type":"messenger","total_cputime":95}]}""", true)]
    [InlineData("X-Business-Use-Case-Usage", """{"1029":[{"type":"messenger","call_count":94,"total_time":94,"total_cputime":94}]}""", false)]
    [InlineData("X-Business-Use-Case-Usage", """{"1029":[{"type":"ads_insights","call_count":100,"estimated_time_to_regain_access":30}]}""", false)]
    [InlineData("X-Page-Usage", """{"call_count":95,"total_time":25,"total_cputime":25}""", true)]
    [InlineData("X-Page-Usage", """{"call_count":28,"total_time":25,"total_cputime":25}""", false)]
    [InlineData("X-App-Usage", """{"call_count":99,"total_time":25,"total_cputime":25}""", false)] // not a Page's budget
    [InlineData("X-Business-Use-Case-Usage", "not json", false)]
    [InlineData("X-Business-Use-Case-Usage", """[{"a":1}]""", false)]
    [InlineData("X-Business-Use-Case-Usage", """{"1029":7}""", false)]
    public async Task A_page_pauses_from_95_percent_on(string header, string value, bool isPaused)
    {
        _graph.Http.Json(Send, """{"message_id":"m"}""", HttpStatusCode.OK, (header, value));
        await _graph.SendAsync();
        Assert.Equal(!isPaused, (await _graph.SendAsync()).Succeeded);
    }

    [Fact]
    public async Task The_apps_budget_pauses_calls_with_user_and_app_tokens()
    {
        _graph.Http.Json("GET /v26.0/me", "{}", HttpStatusCode.OK, ("X-App-Usage", """{"call_count":28,"total_time":25,"total_cputime":96}"""));
        _graph.Http.Json(Send, """{"message_id":"m"}""");
        await _graph.GetAsync("me");
        Assert.Equal(ProviderErrorKind.RateLimited, (await _graph.GetAsync("me")).Error!.Kind);
        Assert.True((await _graph.SendAsync()).Succeeded);
    }

    [Fact]
    public async Task Code_4_pauses_the_whole_app()
    {
        _graph.Http.Json(Send, """{"error":{"code":4,"is_transient":true}}""", HttpStatusCode.Forbidden);
        Assert.NotNull((await _graph.SendAsync()).Error!.RetryAfter);
        Assert.Equal("paused", (await _graph.SendAsync(budget: "2000")).Error!.Code);
        Assert.Equal("paused", (await _graph.GetAsync("me")).Error!.Code);
        Assert.Single(_graph.Http.Calls);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Tue, 24 Nov 2026 12:05:00 GMT", 300)]
    public async Task Retry_after_is_honoured_in_both_forms(string value, int seconds)
    {
        _graph.Http.Json(Send, """{"error":{"code":613}}""", HttpStatusCode.BadRequest, ("Retry-After", value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await _graph.SendAsync()).Error!.RetryAfter);
        Assert.Equal("paused", (await _graph.SendAsync()).Error!.Code);
        Assert.Single(_graph.Http.Calls);
    }

    [Fact]
    public void A_pause_is_never_shortened_and_never_longer_than_a_day()
    {
        var throttle = new GraphThrottle(_graph.Time);
        throttle.Pause("1", TimeSpan.FromMinutes(10));
        throttle.Pause("1", TimeSpan.FromMinutes(1));
        throttle.Pause("2", TimeSpan.FromDays(90));
        Assert.Equal(TimeSpan.FromMinutes(10), throttle.Remaining("1"));
        Assert.Equal(TimeSpan.FromHours(24), throttle.Remaining("2"));
        Assert.Null(throttle.Remaining("3"));
    }

    [Fact]
    public void Its_memory_is_bounded()
    {
        var throttle = new GraphThrottle(_graph.Time);
        for (var i = 0; i < GraphThrottle.MaxEntries + 500; i++)
            throttle.Pause($"{i}", TimeSpan.FromMinutes(1));
        Assert.Equal(GraphThrottle.MaxEntries, throttle.Count);
        _graph.Time.Advance(TimeSpan.FromMinutes(2));
        throttle.Pause("new", TimeSpan.FromMinutes(1));
        Assert.Equal(1, throttle.Count);
    }
}
