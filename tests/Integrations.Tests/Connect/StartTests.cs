using NSubstitute;

namespace Integrations.Tests.Connect;

public sealed class StartTests
{
    [Fact]
    public async Task Start_sends_the_browser_to_the_dialog_with_state_challenge_redirect_and_exactly_the_declared_scopes()
    {
        await using var runtime = new TestRuntime();

        var start = await runtime.StartAsync();

        Assert.True(start.Succeeded);
        Assert.Equal("code", TestRuntime.QueryOf(start.AuthorizationUri, "response_type"));
        Assert.Equal("https://host.example/integrations/facebook/callback", TestRuntime.QueryOf(start.AuthorizationUri, "redirect_uri"));
        Assert.Equal("messages accounts insights", TestRuntime.QueryOf(start.AuthorizationUri, "scope"));
        Assert.Equal("S256", TestRuntime.QueryOf(start.AuthorizationUri, "code_challenge_method"));
        Assert.Equal(43, TestRuntime.QueryOf(start.AuthorizationUri, "state").Length);
        Assert.Equal(runtime.Time.GetUtcNow() + TimeSpan.FromMinutes(10), start.ExpiresAt);
    }

    [Fact]
    public async Task Start_address_names_neither_client_nor_chat_nor_user()
    {
        await using var runtime = new TestRuntime();

        var address = (await runtime.StartAsync()).AuthorizationUri!.OriginalString;

        Assert.DoesNotContain(runtime.ClientId.ToString("N"), address.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(runtime.ChatId.ToString("N"), address.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("user-1", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_states_and_verifiers_are_distinct_and_hold_256_bits()
    {
        await using var runtime = new TestRuntime();

        var handles = Enumerable.Range(0, 10_000).Select(_ => Handles.New().Reveal()).ToHashSet();

        Assert.Equal(10_000, handles.Count);
        Assert.All(handles, h => Assert.Equal(32, Convert.FromBase64String(h.Replace('-', '+').Replace('_', '/') + "=").Length));
    }

    [Fact]
    public async Task Only_hashes_and_sealed_text_of_a_start_are_stored()
    {
        var store = new RecordingAuthorizationStore();
        await using var runtime = new TestRuntime(services: s => RecordingAuthorizationStore.Register(s, store));
        AuthorizeContext? context = null;
        runtime.Platform.OnAuthorize(given =>
        {
            context = given;
            return Task.FromResult(new AuthorizationRequest { Uri = TestPlatform.Dialog(given) });
        });

        var start = await runtime.StartAsync();

        var row = Assert.Single(store.Saved);
        Assert.Equal(64, row.HandleHash.Length);
        var everything = string.Join('|', row.HandleHash, row.BrowserHash, row.SealedPayload, row.ReturnPath, row.UserBinding);
        Assert.DoesNotContain(context!.State.Reveal(), everything, StringComparison.Ordinal);
        Assert.DoesNotContain(start.BrowserToken.Reveal(), everything, StringComparison.Ordinal);
        Assert.NotEmpty(row.SealedPayload);
    }

    [Fact]
    public async Task Verifier_of_the_exchange_belongs_to_the_challenge_of_the_start_and_is_new_each_time()
    {
        await using var runtime = new TestRuntime();
        var verifiers = new List<string>();
        runtime.Platform.OnExchange((context, _) =>
        {
            verifiers.Add(context.CodeVerifier.Reveal());
            return Task.FromResult(TokenResult.Success(TestPlatform.UserTokens()));
        });

        for (var i = 0; i < 2; i++)
        {
            var start = await runtime.StartAsync();
            await runtime.Connector.CompleteAsync(runtime.Callback(start), TestRuntime.Ct);
            // RFC 7636, 4.2: BASE64URL(SHA256(ASCII(code_verifier))).
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifiers[i]));
            Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(hash), TestRuntime.QueryOf(start.AuthorizationUri!, "code_challenge"));
        }

        Assert.NotEqual(verifiers[0], verifiers[1]);
        Assert.All(verifiers, v => Assert.InRange(v.Length, 43, 128));
    }

    [Fact]
    public async Task No_proof_key_is_made_for_a_platform_that_takes_none()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform(pkce: PkceMode.NotSupported));

        var start = await runtime.StartAsync();
        await runtime.Connector.CompleteAsync(runtime.Callback(start), TestRuntime.Ct);

        Assert.DoesNotContain("code_challenge", start.AuthorizationUri!.Query, StringComparison.Ordinal);
        await runtime.Platform.Provider.Received(1).ExchangeCodeAsync(Arg.Is<CodeExchangeContext>(c => c.CodeVerifier.IsEmpty), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("evil")]
    [InlineData("/a\r\nLocation: https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("")]
    public async Task Return_path_that_leaves_the_host_is_refused(string path)
    {
        await using var runtime = new TestRuntime();

        var start = await runtime.StartAsync(returnPath: path);

        Assert.False(start.Succeeded);
        Assert.Equal("return_path_not_local", start.Error.Code);
        Assert.Null(start.AuthorizationUri);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/extensions?tab=2#x")]
    [InlineData(null)]
    public async Task Local_return_path_comes_back_with_the_result(string? path)
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.Connector.CompleteAsync(runtime.Callback(await runtime.StartAsync(returnPath: path)), TestRuntime.Ct);

        Assert.Equal(path ?? "/", result.ReturnPath);
    }

    [Fact]
    public async Task Client_with_too_many_connects_under_way_is_refused_until_they_expire_and_others_are_not()
    {
        await using var runtime = new TestRuntime(o => o.MaxPendingAuthorizations = 2);
        await runtime.StartAsync();
        await runtime.StartAsync();

        var third = await runtime.StartAsync();
        var other = await runtime.StartAsync(clientId: Guid.CreateVersion7());
        runtime.Time.Advance(TimeSpan.FromMinutes(11));
        var later = await runtime.StartAsync();

        Assert.Equal("too_many_pending", third.Error?.Code);
        Assert.True(other.Succeeded);
        Assert.True(later.Succeeded);
    }

    [Fact]
    public async Task Browser_keeps_its_token_over_several_starts_and_a_token_of_foreign_make_is_not_taken_over()
    {
        await using var runtime = new TestRuntime();

        var first = await runtime.StartAsync();
        var second = await runtime.StartAsync(browser: first.BrowserToken);
        var planted = await runtime.StartAsync(browser: new Secret("1"));

        Assert.Equal(first.BrowserToken, second.BrowserToken);
        Assert.Equal(43, planted.BrowserToken.Reveal().Length);
    }

    [Fact]
    public async Task Coming_soon_not_installed_and_browserless_types_are_refused_as_not_available()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("telegram", AuthorizationKind.Credentials)]);

        Assert.Equal("coming_soon", (await StartAsync(IntegrationType.X)).Error?.Code);
        Assert.Equal("not_installed", (await StartAsync(IntegrationType.Instagram)).Error?.Code);
        Assert.Equal("not_oauth", (await StartAsync(IntegrationType.Telegram)).Error?.Code);
        var unknown = await Assert.ThrowsAsync<IntegrationException>(() => StartAsync(IntegrationType.Parse("pigeon-post")));
        Assert.Equal(IntegrationErrorKind.NotFound, unknown.Kind);
        Assert.Contains("facebook", unknown.Message, StringComparison.Ordinal);

        Task<StartConnectResult> StartAsync(IntegrationType type) => runtime.Connector.StartAsync(
            new StartConnectRequest { ClientId = runtime.ClientId, ChatId = runtime.ChatId, Type = type, UserBinding = "user-1" }, TestRuntime.Ct);
    }

    [Fact]
    public async Task Start_without_a_signed_in_user_is_refused()
    {
        await using var runtime = new TestRuntime();

        var start = await runtime.Connector.StartAsync(
            new StartConnectRequest { ClientId = runtime.ClientId, ChatId = runtime.ChatId, Type = runtime.Platform.Type, UserBinding = " " }, TestRuntime.Ct);

        Assert.Equal("user_missing", start.Error?.Code);
    }

    [Fact]
    public async Task Start_without_a_public_address_names_the_setting()
    {
        await using var runtime = new TestRuntime(o => o.PublicBaseUri = null);

        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => runtime.StartAsync());

        Assert.Equal(IntegrationErrorKind.Configuration, refusal.Kind);
        Assert.Contains("Integrations:PublicBaseUri", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platform_that_cannot_be_reached_to_build_the_address_is_a_value()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnAuthorize(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var start = await runtime.StartAsync();

        Assert.Equal(ProviderErrorKind.Transient, start.Error?.Kind);
    }
}
