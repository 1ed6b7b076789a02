using System.Net;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Integrations.AspNetCore.Tests;

public sealed class ActionTests
{
    private static readonly IntegrationKey Key = new(TestApp.ClientId, TestApp.IntegrationId);

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("disconnect")]
    public async Task An_action_is_done_for_the_asking_client_and_shows_the_integration_after_it(string action)
    {
        await using var app = await StartAsync(new ProviderResult { Warnings = ["The app keeps its permission."] });
        var body = await (await PostAsync(app, action)).JsonAsync();
        Assert.Equal(TestApp.IntegrationId, body.GetProperty("integration").GetProperty("integration_id").GetGuid());
        Assert.Equal("The app keeps its permission.", body.GetProperty("warnings")[0].GetString());
        await app.Deployer.Received(action == "pause" ? 1 : 0).PauseAsync(Key, Arg.Any<CancellationToken>());
        await app.Deployer.Received(action == "resume" ? 1 : 0).ResumeAsync(Key, Arg.Any<CancellationToken>());
        await app.Connector.Received(action == "disconnect" ? 1 : 0).DisconnectAsync(Key, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_refusal_of_the_platform_is_told_by_kind_and_code()
    {
        await using var app = await StartAsync(ProviderResult.Failed(new ProviderError
        {
            Kind = ProviderErrorKind.RateLimited, Code = "613", SafeMessage = "Too many calls.", RetryAfter = TimeSpan.FromSeconds(1.5), TraceId = "A1",
        }));
        var response = await PostAsync(app, "resume");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("2", response.Header("Retry-After"));
        Assert.Equal(
            """{"kind":"rate_limited","code":"613","message":"Too many calls.","retry_after_seconds":2,"trace_id":"A1"}""",
            (await response.JsonAsync()).GetProperty("provider_error").GetRawText());
    }

    [Theory]
    [InlineData(ProviderErrorKind.Transient)]
    [InlineData(ProviderErrorKind.Configuration)]
    public async Task Words_for_the_operator_reach_no_client_in_any_part_of_the_answer(ProviderErrorKind kind)
    {
        await using var app = await StartAsync(ProviderResult.Failed(new ProviderError { Kind = kind, Code = "http_404", SafeMessage = "Check the GraphBaseUri setting." }));
        var body = await (await PostAsync(app, "resume")).JsonAsync();
        Assert.DoesNotContain("GraphBaseUri", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IntegrationErrorKind.NotFound, 404, "not_found")]
    [InlineData(IntegrationErrorKind.NotAvailable, 409, "not_available")]
    [InlineData(IntegrationErrorKind.Conflict, 409, "conflict")]
    [InlineData(IntegrationErrorKind.CredentialsUnreadable, 409, "credentials_unreadable")]
    [InlineData(IntegrationErrorKind.InvalidRequest, 400, "invalid_request")]
    [InlineData(IntegrationErrorKind.Configuration, 500, "configuration")]
    [InlineData(IntegrationErrorKind.Unknown, 500, "unexpected")]
    public async Task A_fault_has_its_status_and_code_and_the_operators_words_stay_in_the_log(IntegrationErrorKind kind, int status, string code)
    {
        await using var app = await StartAsync(ProviderResult.Success);
        app.Deployer.PauseAsync(default, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new IntegrationException(kind, "for the operator"));
        var response = await PostAsync(app, "pause");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await response.JsonAsync()).GetProperty("code").GetString());
        Assert.Equal(kind is IntegrationErrorKind.NotAvailable or IntegrationErrorKind.InvalidRequest, (await response.TextAsync()).Contains("for the operator", StringComparison.Ordinal));
        Assert.Equal(status == 500 || kind == IntegrationErrorKind.CredentialsUnreadable, app.Log.Entries.Any(e => e.Id == 4040));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task What_another_sites_page_can_send_unasked_is_refused(string? contentType)
    {
        await using var app = await StartAsync(ProviderResult.Success);
        using var content = contentType is null ? null : new StringContent("", null, contentType);
        var response = await app.Ann.SendAsync(HttpMethod.Post, Path("disconnect"), content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().DisconnectAsync(default, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nobody_signed_in_does_nothing()
    {
        await using var app = await StartAsync(ProviderResult.Success);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.PostJsonAsync(Path("disconnect"), "")).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().DisconnectAsync(default, TestContext.Current.CancellationToken);
    }

    private static string Path(string action) => $"/integrations/api/integrations/{TestApp.IntegrationId}/{action}";

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string action) => app.Ann.PostJsonAsync(Path(action), "");

    private static async Task<TestApp> StartAsync(ProviderResult result)
    {
        var app = await TestApp.StartAsync();
        app.Deployer.PauseAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(result);
        app.Deployer.ResumeAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(result);
        app.Connector.DisconnectAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(result);
        app.Reader.FindAsync(default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Views.One());
        return app;
    }
}
