using System.Net;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class DeployTests
{
    private const string Deploy = "/integrations/api/deploy";
    private const string Plan = "/integrations/api/plan";
    private static readonly string Body =
        $$$"""{"chat_id":"{{{TestApp.ChatId}}}","return_path":"/agents","channels":[{"type":"facebook","details":{"welcome_message":"Hi","n":1.10}},{"type":"chat-widget"},],/* as in the seed */}""";

    [Fact]
    public async Task Each_channel_has_its_own_outcome_and_the_browser_is_bound_for_those_to_authorise()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.DeployAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentResult
        {
            BrowserToken = new Secret("B"),
            Channels =
            [
                new() { Type = IntegrationType.Facebook, Status = ChannelStatus.NeedsAuthorization, AuthorizationUri = new Uri("https://www.facebook.com/dialog?state=S") },
                new() { Type = IntegrationType.ChatWidget, Status = ChannelStatus.Live, Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), Warnings = ["w"] },
            ],
        });
        var response = await app.Ann.PostJsonAsync(Deploy, Body, ("Cookie", $"{TestApp.BrowserCookie}=old"));
        var body = await response.JsonAsync();
        Assert.True(body.GetProperty("agent_is_live").GetBoolean());
        Assert.Equal(
            ["facebook needs_authorization https://www.facebook.com/dialog?state=S", "chat-widget live "],
            body.GetProperty("channels").EnumerateArray().Select(c => $"{c.GetProperty("type")} {c.GetProperty("status")} {c.GetProperty("authorization_url")}"));
        Assert.StartsWith($"{TestApp.BrowserCookie}=B;", Assert.Single(response.SetCookies()), StringComparison.Ordinal);
        await app.Deployer.Received(1).DeployAsync(
            Arg.Is<DeploymentRequest>(r => r.ClientId == TestApp.ClientId && r.ChatId == TestApp.ChatId && r.UserBinding == TestApp.UserId && r.ReturnPath == "/agents"
                && r.BrowserToken.Reveal() == "old" && r.Channels.Count == 2
                && r.Channels[0].Details == """{"welcome_message":"Hi","n":1.10}""" && r.Channels[1].Details == null),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Invalid_settings_are_told_for_every_channel_with_paths_into_its_document()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.DeployAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentResult
        {
            Channels =
            [
                new() { Type = IntegrationType.Facebook, Status = ChannelStatus.Invalid, Errors = [Error("$.scopes[1]"), Error("$.welcome_message")] },
                new() { Type = IntegrationType.ChatWidget, Status = ChannelStatus.NotAttempted },
            ],
        });
        var response = await app.Ann.PostJsonAsync(Deploy, Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.JsonAsync();
        Assert.Equal("invalid_details", problem.GetProperty("code").GetString());
        Assert.Equal(
            """[{"channel":"facebook","path":"$.scopes[1]","code":"required","message":"m"},{"channel":"facebook","path":"$.welcome_message","code":"required","message":"m"}]""",
            problem.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_channel_that_is_refused_as_a_whole_is_told_with_the_invalid_settings_of_others()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.DeployAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentResult
        {
            Channels =
            [
                new() { Type = IntegrationType.Facebook, Status = ChannelStatus.Invalid, Errors = [Error("$.welcome_message")] },
                new()
                {
                    Type = IntegrationType.Telegram,
                    Status = ChannelStatus.Failed,
                    Error = new ProviderError { Kind = ProviderErrorKind.NotAvailable, Code = "coming_soon", SafeMessage = "Telegram is coming soon." },
                },
            ],
        });
        var problem = await (await app.Ann.PostJsonAsync(Deploy, Body)).JsonAsync();
        Assert.Equal(
            """[{"channel":"facebook","path":"$.welcome_message","code":"required","message":"m"},{"channel":"telegram","path":"$","code":"coming_soon","message":"Telegram is coming soon."}]""",
            problem.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_channel_refused_for_the_hosts_own_settings_says_nothing_of_them()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.DeployAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentResult
        {
            Channels =
            [
                new() { Type = IntegrationType.Facebook, Status = ChannelStatus.Invalid, Errors = [Error("$.welcome_message")] },
                new()
                {
                    Type = IntegrationType.Instagram,
                    Status = ChannelStatus.Failed,
                    Error = new ProviderError { Kind = ProviderErrorKind.Configuration, Code = "credentials_unreadable", SafeMessage = "Restore the key ring." },
                },
            ],
        });
        var errors = (await (await app.Ann.PostJsonAsync(Deploy, Body)).JsonAsync()).GetProperty("errors").GetRawText();
        Assert.Contains("credentials_unreadable", errors, StringComparison.Ordinal);
        Assert.Contains("Tell the operator", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("key ring", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_changed_meanwhile_are_a_conflict_that_names_the_channel()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.DeployAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentResult
        {
            Channels = [new() { Type = IntegrationType.Facebook, Status = ChannelStatus.ChangedMeanwhile }],
        });
        var response = await app.Ann.PostJsonAsync(
            Deploy, $$"""{"chat_id":"{{TestApp.ChatId}}","channels":[{"type":"facebook","details":{},"expected_version":7}]}""");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = await response.JsonAsync();
        Assert.Equal("changed_meanwhile", problem.GetProperty("code").GetString());
        Assert.Contains("facebook", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await app.Deployer.Received(1).DeployAsync(Arg.Is<DeploymentRequest>(r => r.Channels[0].ExpectedVersion == 7), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_plan_tells_what_would_happen()
    {
        await using var app = await TestApp.StartAsync();
        app.Deployer.PlanAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new DeploymentPlan
        {
            Channels =
            [
                new() { Type = IntegrationType.Facebook, Action = ChannelAction.Update, NeedsAuthorization = true },
                new() { Type = IntegrationType.Telegram, Action = ChannelAction.None, Error = new ProviderError { Kind = ProviderErrorKind.NotAvailable, Code = "coming_soon" } },
            ],
        });
        var body = await (await app.Ann.PostJsonAsync(Plan, Body)).JsonAsync();
        Assert.False(body.GetProperty("is_valid").GetBoolean());
        Assert.Equal("update", body.GetProperty("channels")[0].GetProperty("action").GetString());
        Assert.Equal("not_available", body.GetProperty("channels")[1].GetProperty("error").GetProperty("kind").GetString());
        await app.Deployer.DidNotReceiveWithAnyArgs().DeployAsync(default!, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""{"channels":[{"type":"facebook"},{"type":"facebook"},{"type":"F"},null],"return_path":"/\\evil"}""",
        "$.chat_id required,$.channels[1].type duplicate,$.channels[2].type not_a_type,$.channels[3].type required,$.return_path not_local")]
    [InlineData("""{"chat_id":"22222222-2222-7222-8222-222222222222","channels":[]}""", "$.channels required")]
    [InlineData("""{"chat_id":"22222222-2222-7222-8222-222222222222","channels":[{"type":"facebook","details":[1]}]}""", "$.channels[0].details invalid_json")]
    public async Task Every_error_of_the_request_is_told_with_its_path(string json, string errors)
    {
        foreach (var path in new[] { Deploy, Plan })
        {
            await using var app = await TestApp.StartAsync();
            var response = await app.Ann.PostJsonAsync(path, json);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(errors, string.Join(',', (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("path")} {e.GetProperty("code")}")));
            await app.Deployer.DidNotReceiveWithAnyArgs().DeployAsync(default!, TestContext.Current.CancellationToken);
        }
    }

    private static DetailsError Error(string path) => new() { Path = path, Code = "required", Message = "m" };
}
