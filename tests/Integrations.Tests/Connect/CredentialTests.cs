using NSubstitute;

namespace Integrations.Tests.Connect;

public sealed class CredentialTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Typed_credentials_connect_the_account_they_open()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("telegram", AuthorizationKind.Credentials, hasAccounts: false));
        Secret typed = default;
        runtime.Platform.OnCredentials(submission =>
        {
            typed = submission.Values["bot_token"];
            return Task.FromResult(TokenResult.Success(TestPlatform.AccountTokens("bot-1")));
        });

        var result = await ConnectAsync(runtime);

        Assert.Equal(ConnectOutcome.Connected, result.Outcome);
        Assert.Equal(Canary.AccountToken, typed.Reveal());
        Assert.Equal("bot-1", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Refused_and_unanswered_credentials_are_values()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("telegram", AuthorizationKind.Credentials, hasAccounts: false));
        runtime.Platform.OnCredentials(_ => Task.FromResult(TokenResult.Failed(new ProviderError { Kind = ProviderErrorKind.AccessDenied, Code = "401" })));
        Assert.Equal("401", (await ConnectAsync(runtime)).Error?.Code);
        runtime.Platform.OnCredentials(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        Assert.Equal(ProviderErrorKind.Transient, (await ConnectAsync(runtime)).Error?.Kind);
        Assert.Null(await runtime.StoredAsync());
    }

    [Fact]
    public async Task A_form_with_a_required_field_left_empty_names_it_and_the_platform_is_not_asked()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("telegram", AuthorizationKind.Credentials, hasAccounts: false));
        runtime.Platform.Form.Fields.Returns(
        [
            new CredentialField { Name = "bot_token", Label = "Bot token" },
            new CredentialField { Name = "host", Label = "Host" },
            new CredentialField { Name = "proxy", Label = "Proxy", IsRequired = false },
        ]);

        var missing = await ConnectAsync(runtime, ("bot_token", Canary.AccountToken));
        var blank = await ConnectAsync(runtime, ("bot_token", "  "), ("host", "imap.example"));
        var whole = await ConnectAsync(runtime, ("bot_token", Canary.AccountToken), ("host", "imap.example"));

        Assert.Equal((ConnectOutcome.CredentialsIncomplete, "$.values.host"), (missing.Outcome, Assert.Single(missing.DetailsErrors).Path));
        Assert.Equal(("$.values.bot_token", "required", "Fill in: Bot token."), (blank.DetailsErrors[0].Path, blank.DetailsErrors[0].Code, blank.DetailsErrors[0].Message));
        Assert.Equal(ConnectOutcome.Connected, whole.Outcome);
        Assert.Equal(1, runtime.Platform.Calls(nameof(ICredentialForm.ConnectAsync)));
    }

    [Fact]
    public async Task The_catalog_gives_the_form_of_a_type_that_is_connected_by_credentials_and_of_no_other()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform("telegram", AuthorizationKind.Credentials, hasAccounts: false), new TestPlatform()]);
        runtime.Platform.Form.Fields.Returns([new CredentialField { Name = "bot_token", Label = "Bot token" }]);
        var catalog = runtime.Get<IIntegrationCatalog>();

        Assert.Equal("bot_token", Assert.Single(catalog.CredentialFields(IntegrationType.Telegram)).Name);
        Assert.Empty(catalog.CredentialFields(IntegrationType.Facebook));
        Assert.Empty(catalog.CredentialFields(IntegrationType.Sms));
    }

    [Fact]
    public async Task A_type_with_a_form_says_so_when_the_browser_is_tried()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("telegram", AuthorizationKind.Credentials, hasAccounts: false));

        var started = await runtime.StartAsync();

        Assert.Equal("not_oauth", started.Error?.Code);
        Assert.Contains("typed credentials", started.Error?.SafeMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platform_that_is_connected_otherwise_takes_no_credentials()
    {
        await using var runtime = new TestRuntime();

        var result = await ConnectAsync(runtime);

        Assert.Equal((ConnectOutcome.Failed, "no_credential_form"), (result.Outcome, result.Error!.Code));
        Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    private static Task<ConnectResult> ConnectAsync(TestRuntime runtime) => ConnectAsync(runtime, ("bot_token", Canary.AccountToken));

    private static Task<ConnectResult> ConnectAsync(TestRuntime runtime, params (string Name, string Value)[] values) => runtime.Connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
    {
        ClientId = runtime.ClientId,
        ChatId = runtime.ChatId,
        Type = runtime.Platform.Type,
        Submission = new CredentialSubmission { Values = values.ToDictionary(v => v.Name, v => new Secret(v.Value)) },
    }, Ct);
}
