using NSubstitute;

namespace Integrations.Tests.Connect;

public sealed class IssuerTests
{
    private const string Ours = "https://issuer.example";

    [Theory]
    [InlineData(Ours, false, Ours, true)]
    [InlineData(Ours, false, null, true)]
    [InlineData(Ours, true, Ours, true)]
    [InlineData(null, false, "https://whoever.example", true)]
    [InlineData(Ours, true, null, false)]
    [InlineData(Ours, false, "https://evil.example", false)]
    [InlineData(Ours, false, "https://issuer.example/", false)]
    [InlineData(Ours, false, "https://ISSUER.example", false)]
    [InlineData(Ours, false, "", false)]
    public async Task A_callback_from_another_issuer_than_the_platforms_is_rejected_without_calling_the_platform(string? expected, bool isRequired, string? came, bool isTaken)
    {
        await using var runtime = new TestRuntime();
        Expect(runtime.Platform, expected, isRequired);
        var callback = From(runtime.Callback(await runtime.StartAsync()), came);

        var result = await runtime.Connector.CompleteAsync(callback, TestRuntime.Ct);

        Assert.Equal(isTaken ? ConnectOutcome.Connected : ConnectOutcome.IssuerMismatch, result.Outcome);
        if (!isTaken)
            Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    [Fact]
    public async Task An_error_from_another_issuer_is_not_believed_either_and_the_state_is_used_up()
    {
        await using var runtime = new TestRuntime();
        Expect(runtime.Platform, Ours, isRequired: false);
        var callback = From(runtime.Callback(await runtime.StartAsync()), "https://evil.example", error: "access_denied");

        Assert.Equal(ConnectOutcome.IssuerMismatch, (await runtime.Connector.CompleteAsync(callback, TestRuntime.Ct)).Outcome);
        Assert.Equal(ConnectOutcome.StateReplayed, (await runtime.Connector.CompleteAsync(From(callback, Ours), TestRuntime.Ct)).Outcome);
    }

    private static void Expect(TestPlatform platform, string? issuer, bool isRequired)
    {
        var said = platform.Provider.Descriptor;
        platform.Provider.Descriptor.Returns(new IntegrationDescriptor
        {
            Type = said.Type,
            DisplayName = said.DisplayName,
            Authorization = said.Authorization,
            RequiredScopes = said.RequiredScopes,
            OptionalScopes = said.OptionalScopes,
            AuthorizationHosts = said.AuthorizationHosts,
            SecretDetails = said.SecretDetails,
            Issuer = issuer,
            RequiresIssuer = isRequired,
        });
    }

    private static AuthorizationCallback From(AuthorizationCallback callback, string? issuer, string? error = null) => new()
    {
        Type = callback.Type,
        State = callback.State,
        Code = callback.Code,
        Error = error,
        Issuer = issuer,
        BrowserToken = callback.BrowserToken,
        UserBinding = callback.UserBinding,
    };
}
