using NSubstitute;

namespace Integrations.Tests.Connect;

/// <summary>A provider that builds a wrong address sends no browser anywhere.</summary>
public sealed class AuthorizationUriTests
{
    [Theory]
    [InlineData("https://evil.example/oauth?{state}&{redirect}&{pkce}", "host")]
    [InlineData("http://dialog.example/oauth?{state}&{redirect}&{pkce}", "https")]
    [InlineData("https://user@dialog.example/oauth?{state}&{redirect}&{pkce}", "user information")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}&{pkce}#x", "fragment")]
    [InlineData("https://dialog.example/oauth?state=other&{redirect}&{pkce}", "state")]
    [InlineData("https://dialog.example/oauth?{state}&{state}&{redirect}&{pkce}", "state")]
    [InlineData("https://dialog.example/oauth?{redirect}&{pkce}", "state")]
    [InlineData("https://dialog.example/oauth?{state}&redirect_uri=https%3A%2F%2Fevil.example&{pkce}", "redirect")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}&{redirect}&{pkce}", "redirect")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}", "challenge")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}&code_challenge_method=plain&code_challenge=x", "challenge")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}&{pkce}&response_type=token", "response type")]
    [InlineData("https://dialog.example/oauth?{state}&{redirect}&{pkce}&client_secret=s", "secret")]
    public async Task Wrong_address_is_refused_and_nothing_is_kept(string template, string named)
    {
        var store = new RecordingAuthorizationStore();
        await using var runtime = new TestRuntime(services: s => RecordingAuthorizationStore.Register(s, store));
        runtime.Platform.OnAuthorize(context => Task.FromResult(new AuthorizationRequest
        {
            Uri = new Uri(template
                .Replace("{state}", "state=" + context.State.Reveal(), StringComparison.Ordinal)
                .Replace("{redirect}", "redirect_uri=" + Uri.EscapeDataString(context.RedirectUri.OriginalString), StringComparison.Ordinal)
                .Replace("{pkce}", $"code_challenge={context.CodeChallenge}&code_challenge_method=S256", StringComparison.Ordinal)),
        }));

        var start = await runtime.StartAsync();

        Assert.False(start.Succeeded);
        Assert.Equal(ProviderErrorKind.Configuration, start.Error.Kind);
        Assert.Contains(named, start.Error.SafeMessage, StringComparison.Ordinal);
        Assert.Empty(store.Saved);
        Assert.Contains(runtime.Logs.Lines, l => l.Contains("ProviderMisbehaved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Loopback_dialog_over_http_is_allowed_if_the_descriptor_names_it()
    {
        await using var runtime = new TestRuntime();
        var descriptor = runtime.Platform.Provider.Descriptor;
        runtime.Platform.Provider.Descriptor.Returns(new IntegrationDescriptor
        {
            Type = descriptor.Type, DisplayName = "x", Authorization = AuthorizationKind.OAuth2, AuthorizationHosts = ["127.0.0.1"], Pkce = PkceMode.NotSupported,
        });
        runtime.Platform.OnAuthorize(context => Task.FromResult(new AuthorizationRequest
        {
            Uri = new Uri(TestPlatform.Dialog(context, "127.0.0.1:5001").OriginalString.Replace("https:", "http:", StringComparison.Ordinal)),
        }));

        Assert.True((await runtime.StartAsync()).Succeeded);
    }
}
