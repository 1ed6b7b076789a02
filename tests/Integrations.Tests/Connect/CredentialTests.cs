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
    public async Task Platform_that_is_connected_otherwise_takes_no_credentials()
    {
        await using var runtime = new TestRuntime();

        var result = await ConnectAsync(runtime);

        Assert.Equal((ConnectOutcome.Failed, "no_credential_form"), (result.Outcome, result.Error!.Code));
        Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    private static Task<ConnectResult> ConnectAsync(TestRuntime runtime) => runtime.Connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
    {
        ClientId = runtime.ClientId,
        ChatId = runtime.ChatId,
        Type = runtime.Platform.Type,
        Submission = new CredentialSubmission { Values = new Dictionary<string, Secret> { ["bot_token"] = new(Canary.AccountToken) } },
    }, Ct);
}
