using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>What the connection doctor says about a widget.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Codes =
    [
        WellKnownChecks.State, WellKnownChecks.Settings, WellKnownChecks.AllowedOrigins, WellKnownChecks.VisitorIdentity, WellKnownChecks.WidgetScript,
        WellKnownChecks.LastInbound, WellKnownChecks.ReplyWindow,
    ];

    [Fact]
    public async Task A_widget_that_works_passes_with_checks_of_its_own()
    {
        await using var host = await StartAsync($$"""{"allowed_origins":["{{WidgetHost.Site}}"],"identity_secret":"{{Jwt.Secret}}"}""");
        var diagnosis = await DiagnoseAsync(host);
        Assert.True(diagnosis.Status == CheckStatus.Ok, string.Join(Environment.NewLine, diagnosis.Checks));
        Assert.Equal(Codes, diagnosis.Checks.Select(c => c.Code));
        Assert.Contains("Pages of https://shop.example", diagnosis.Find(WellKnownChecks.AllowedOrigins)!.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain(diagnosis.Checks, c => c.Evidence.Contains(Jwt.Secret, StringComparison.Ordinal));
        // There is no account: nothing speaks of one.
        Assert.DoesNotContain(diagnosis.Checks, c => c.Evidence.Contains("account", StringComparison.Ordinal) || c.Evidence.Contains(host.Key.IntegrationId.ToString("N"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", CheckStatus.Ok, "Any website")]
    [InlineData("""["http://localhost:3000","http://127.0.0.1"]""", CheckStatus.Warning, "Only pages of this machine")]
    [InlineData("""["https://shop.example","http://old.example"]""", CheckStatus.Warning, "without https")]
    [InlineData("""["https://shop.example","http://localhost:3000"]""", CheckStatus.Ok, "and no other")]
    public async Task Websites_that_may_show_it_are_named(string origins, CheckStatus status, string evidence)
    {
        await using var host = await StartAsync($$"""{"allowed_origins":{{origins}}}""");
        var check = (await DiagnoseAsync(host)).Find(WellKnownChecks.AllowedOrigins)!;
        Assert.Equal(status, check.Status);
        Assert.Contains(evidence, check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_another_hand_wrote_are_checked_again()
    {
        await using var host = await StartAsync();
        await OverwriteAsync(host, """{"widget_color":"blue","allowed_origins":["https://shop.example/"],"require_identity":true}""");
        var diagnosis = await DiagnoseAsync(host);
        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.Settings)!.Status);
        Assert.Contains("widget_color", diagnosis.Find(WellKnownChecks.Settings)!.Evidence, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Warning, diagnosis.Find(WellKnownChecks.AllowedOrigins)!.Status);
        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.VisitorIdentity)!.Status);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_opened_is_said()
    {
        await using var host = await StartAsync($$"""{"identity_secret":"{{Jwt.Secret}}"}""");
        await OverwriteAsync(host, """{"identity_secret":"sealed with a lost key"}""");
        var diagnosis = await DiagnoseAsync(host);
        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.CredentialsReadable)!.Status);
        Assert.Null(diagnosis.Find(WellKnownChecks.Settings));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "404", CheckStatus.Failed)]
    [InlineData(HttpStatusCode.Found, "redirect", CheckStatus.Failed)]
    [InlineData(HttpStatusCode.Unauthorized, "401", CheckStatus.Failed)]
    [InlineData(HttpStatusCode.OK, "not the script", CheckStatus.Failed)]
    [InlineData(null, "could not fetch", CheckStatus.Warning)]
    public async Task A_public_address_that_gives_no_script_of_ours_is_said(HttpStatusCode? status, string evidence, CheckStatus expected)
    {
        await using var host = await StartAsync(outside: new Elsewhere(status));
        var check = (await DiagnoseAsync(host)).Find(WellKnownChecks.WidgetScript)!;
        Assert.Equal(expected, check.Status);
        Assert.Contains(evidence, check.Evidence, StringComparison.Ordinal);
        Assert.NotNull(check.Fix);
    }

    [Fact]
    public async Task A_paused_widget_is_not_seen_and_one_that_was_taken_off_is_not_in_use()
    {
        await using var host = await StartAsync();
        await host.Services.GetRequiredService<IIntegrationDeployer>().PauseAsync(host.Key, WidgetHost.Ct);
        var paused = (await DiagnoseAsync(host)).Find(WellKnownChecks.State)!;
        Assert.Equal((CheckStatus.Warning, "Not live: visitors do not see it."), (paused.Status, paused.Evidence));
        await host.Services.GetRequiredService<IIntegrationConnector>().DisconnectAsync(host.Key, WidgetHost.Ct);
        Assert.StartsWith("Not in use", (await DiagnoseAsync(host)).Find(WellKnownChecks.State)!.Evidence, StringComparison.Ordinal);
    }

    private static async Task<ConnectionDiagnosis> DiagnoseAsync(WidgetHost host) =>
        (await host.Services.GetRequiredService<IConnectionDoctor>().DiagnoseAsync(host.Key, WidgetHost.Ct))!;

    /// <summary>A host whose public address leads back to it, or elsewhere.</summary>
    private static async Task<WidgetHost> StartAsync(string details = "{}", HttpMessageHandler? outside = null)
    {
        var address = new PublicAddress();
        var host = await WidgetHost.StartAsync(details, runWorkers: false, services: s => s.PostConfigure<HttpClientFactoryOptions>(
            "Integrations.SelfCheck", o => o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = address)));
        address.InnerHandler = outside ?? host.NewHandler();
        return host;
    }

    private static async Task OverwriteAsync(WidgetHost host, string details)
    {
        var store = host.Services.GetRequiredService<IIntegrationStore>();
        var stored = (await store.FindAsync(host.Key, WidgetHost.Ct))!;
        Assert.True(await store.ReplaceSealedAsync(host.Key, new SealedReplacement
        {
            TokenVersion = stored.Connection.TokenVersion, ConfigurationVersion = stored.Connection.ConfigurationVersion, AuthToken = null, RefreshToken = null, Details = details,
        }, WidgetHost.Ct));
    }

    private sealed class PublicAddress : DelegatingHandler;

    private sealed class Elsewhere(HttpStatusCode? status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => status is { } code
            ? Task.FromResult(new HttpResponseMessage(code) { Content = new StringContent("<html>Welcome</html>") })
            : Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.NameResolutionError));
    }
}
