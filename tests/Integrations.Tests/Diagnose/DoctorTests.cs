using System.Net;

namespace Integrations.Tests.Diagnose;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_healthy_connection_passes_and_each_code_stands_once()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        await clinic.Host.Inbox.AcceptAsync([Message("m1")], Host.Ct);

        var diagnosis = await clinic.DiagnoseAsync();

        Assert.True(diagnosis.Status == CheckStatus.Ok, string.Join(Environment.NewLine, diagnosis.Checks));
        Assert.Equal(diagnosis.Checks.Count, diagnosis.Checks.Select(c => c.Code).Distinct().Count());
        Assert.Equal(
            [WellKnownChecks.State, WellKnownChecks.CredentialsReadable, WellKnownChecks.Renewal, WellKnownChecks.Token, WellKnownChecks.WebhookReachable, WellKnownChecks.LastInbound, WellKnownChecks.ReplyWindow],
            diagnosis.Checks.Select(c => c.Code));
    }

    [Fact]
    public async Task Unreadable_secrets_are_said_and_the_platform_is_not_asked_with_them()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        var stored = await clinic.Host.ReadAsync();
        await clinic.Host.Store.ReplaceSealedAsync(Host.Key, new SealedReplacement
        {
            TokenVersion = stored.Connection.TokenVersion, ConfigurationVersion = stored.Connection.ConfigurationVersion,
            AuthToken = "not sealed by us", RefreshToken = null, Details = "{}",
        }, Host.Ct);
        clinic.Acme.OnCheck = _ => throw new InvalidOperationException("asked");

        var diagnosis = await clinic.DiagnoseAsync();

        Assert.Equal(CheckStatus.Failed, diagnosis.Find(WellKnownChecks.CredentialsReadable)!.Status);
        Assert.Null(diagnosis.Find(WellKnownChecks.Token));
    }

    [Fact]
    public async Task A_provider_that_throws_leaves_the_rest_of_the_report()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        clinic.Acme.OnCheck = _ => throw new InvalidOperationException("secret text");
        var diagnosis = await clinic.DiagnoseAsync();
        var token = diagnosis.Find(WellKnownChecks.Token)!;
        Assert.Equal(CheckStatus.Warning, token.Status);
        Assert.DoesNotContain("secret text", token.Evidence, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Ok, diagnosis.Find(WellKnownChecks.WebhookReachable)!.Status);
    }

    [Fact]
    public async Task A_provider_that_never_answers_is_given_up()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        clinic.Acme.OnCheck = _ => new TaskCompletionSource<IReadOnlyList<ConnectionCheck>>().Task;
        var diagnosis = await clinic.Host.PumpAsync(clinic.DiagnoseAsync(), TimeSpan.FromSeconds(1));
        Assert.Contains("timeout", diagnosis.Find(WellKnownChecks.Token)!.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_public_address_is_told_so_and_the_rest_is_looked_at()
    {
        await using var clinic = await Clinic.OpenAsync(configure: o => o.PublicBaseUri = null);

        var diagnosis = await clinic.DiagnoseAsync();

        var webhook = diagnosis.Find(WellKnownChecks.WebhookReachable)!;
        Assert.Equal(CheckStatus.Warning, webhook.Status);
        Assert.Contains("PublicBaseUri", webhook.Fix, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Ok, diagnosis.Find(WellKnownChecks.Token)!.Status);
    }

    [Theory]
    [InlineData(ConnectionState.ReconnectRequired, CheckStatus.Failed, "Connect the account again")]
    [InlineData(ConnectionState.Suspended, CheckStatus.Failed, "notice")]
    [InlineData(ConnectionState.Degraded, CheckStatus.Warning, "tried again")]
    public async Task The_state_says_why_and_what_to_do(ConnectionState state, CheckStatus status, string fix)
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        await clinic.Host.Store.ChangeStateAsync(Host.Key, new StateChange { To = state, Reason = "ReconnectRequired: gone (190/460)", At = clinic.Host.Now }, Host.Ct);
        var check = await clinic.CheckAsync(WellKnownChecks.State);
        Assert.Equal(status, check.Status);
        Assert.Contains("190/460", check.Evidence, StringComparison.Ordinal);
        Assert.Contains(fix, check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_one_is_said_to_be_paused()
    {
        await using var clinic = (await Clinic.OpenAsync(live: false)).Reachable();
        Assert.Contains("not live", (await clinic.CheckAsync(WellKnownChecks.State)).Evidence, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Skipped, (await clinic.CheckAsync(WellKnownChecks.LastInbound)).Status);
    }

    [Fact]
    public async Task A_paused_one_says_when_its_grant_ends_and_is_not_called_overdue()
    {
        await using var clinic = (await Clinic.OpenAsync(live: false)).Reachable();
        await CommitAsync(clinic, refreshTokenLives: TimeSpan.FromDays(60));
        // Connected and never deployed: it is kept fresh, so nothing is lost.
        Assert.Equal(CheckStatus.Ok, (await clinic.CheckAsync(WellKnownChecks.Renewal)).Status);

        await clinic.Host.Memory.SetLiveAsync(Host.Key, true, clinic.Host.Now, ct: Host.Ct);
        await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
        clinic.Host.Time.Advance(TimeSpan.FromDays(10)); // due long since
        var paused = await clinic.CheckAsync(WellKnownChecks.Renewal);
        Assert.Equal(CheckStatus.Warning, paused.Status);
        Assert.Contains("The grant ends 2027-01-23 12:00 UTC, in 50 days", paused.Evidence, StringComparison.Ordinal);
        Assert.Contains("Resume before that day", paused.Fix, StringComparison.Ordinal);
        Assert.Equal((0, 0), (clinic.Acme.Refreshes.Count, clinic.Host.Events.Count(IntegrationEventKind.ReconnectRequired)));

        clinic.Host.Time.Advance(TimeSpan.FromDays(51));
        Assert.Contains("Connect the account again", (await clinic.CheckAsync(WellKnownChecks.Renewal)).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_one_whose_grant_has_no_known_end_is_not_warned_of()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        await clinic.Host.Get<IIntegrationDeployer>().PauseAsync(Host.Key, Host.Ct);
        clinic.Host.Time.Advance(TimeSpan.FromDays(2));
        var renewal = await clinic.CheckAsync(WellKnownChecks.Renewal);
        Assert.Equal(CheckStatus.Skipped, renewal.Status);
        Assert.Contains("not renewed", renewal.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_judged_by_what_is_usual_here()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        await clinic.Host.Inbox.AcceptAsync([Message("m1")], Host.Ct);
        clinic.Host.Time.Advance(TimeSpan.FromDays(2));
        await clinic.Host.Inbox.AcceptAsync([Message("m2")], Host.Ct);

        clinic.Host.Time.Advance(TimeSpan.FromDays(5)); // the longest silence was two days
        Assert.Equal(CheckStatus.Ok, (await clinic.CheckAsync(WellKnownChecks.LastInbound)).Status);
        clinic.Host.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(CheckStatus.Warning, (await clinic.CheckAsync(WellKnownChecks.LastInbound)).Status);

        NewMessage Message(string id) => DoctorTests.Message(id, clinic.Host.Now);
    }

    [Fact]
    public async Task Nothing_ever_is_a_warning_after_a_day()
    {
        await using var clinic = (await Clinic.OpenAsync()).Reachable();
        Assert.Equal(CheckStatus.Ok, (await clinic.CheckAsync(WellKnownChecks.LastInbound)).Status);
        clinic.Host.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(CheckStatus.Warning, (await clinic.CheckAsync(WellKnownChecks.LastInbound)).Status);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, "redirect")]
    [InlineData(HttpStatusCode.NotFound, "404")]
    [InlineData(HttpStatusCode.Unauthorized, "401")]
    [InlineData(HttpStatusCode.OK, "Something else answers")]
    public async Task A_webhook_address_that_another_answers_fails(HttpStatusCode status, string evidence)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Http.Text(Clinic.Webhook, "<html>welcome</html>", "text/html", status, ("Location", "https://elsewhere.example/"));
        var check = await clinic.CheckAsync(WellKnownChecks.WebhookReachable);
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains(evidence, check.Evidence, StringComparison.Ordinal);
        Assert.Single(clinic.Http.Calls);
        Assert.All(clinic.Http.Calls, call => Assert.Equal("host.example", call.Uri.Host));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "DNS")]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate")]
    [InlineData(HttpRequestError.ConnectionError, "refused")]
    public async Task A_webhook_address_that_cannot_be_reached_fails_unless_messages_get_through(HttpRequestError error, string evidence)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Http.Throws(Clinic.Webhook, new HttpRequestException(error, "host.example: secret text"));
        var check = await clinic.CheckAsync(WellKnownChecks.WebhookReachable);
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains(evidence, check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret text", check.Evidence, StringComparison.Ordinal);

        await clinic.Host.Inbox.AcceptAsync([Message("m1")], Host.Ct);
        Assert.Equal(CheckStatus.Warning, (await clinic.CheckAsync(WellKnownChecks.WebhookReachable)).Status);
    }

    [Fact]
    public async Task A_webhook_address_that_never_answers_fails_after_its_time()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Http.Hangs(Clinic.Webhook);
        var diagnosis = await clinic.Host.PumpAsync(clinic.DiagnoseAsync(), TimeSpan.FromSeconds(1));
        Assert.Contains("within 10 seconds", diagnosis.Find(WellKnownChecks.WebhookReachable)!.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guess")]
    [InlineData("")]
    public async Task A_question_that_is_not_ours_is_not_answered(string question)
    {
        await using var clinic = await Clinic.OpenAsync();
        var request = new WebhookRequest
        {
            Method = "GET", PublicUri = new Uri("https://host.example/"), Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string> { [WebhookEcho.Parameter] = question },
        };
        Assert.Null(clinic.Host.Get<WebhookEcho>().Answer(request));
    }

    private static async Task CommitAsync(Clinic clinic, TimeSpan refreshTokenLives)
    {
        var stored = await clinic.Host.ReadAsync();
        Assert.True(await clinic.Host.Store.CommitRefreshAsync(Host.Key, new RefreshCommit
        {
            TokenVersion = stored.Connection.TokenVersion, AuthToken = stored.Record.AuthToken!, TokenExpiresAt = clinic.Host.Now + TimeSpan.FromHours(1),
            RefreshTokenExpiresAt = clinic.Host.Now + refreshTokenLives, RefreshDueAt = clinic.Host.Now + TimeSpan.FromMinutes(45), At = clinic.Host.Now,
        }, Host.Ct));
    }

    private static NewMessage Message(string id, DateTime? at = null) => new()
    {
        Id = Guid.CreateVersion7(), Key = Host.Key, Direction = MessageDirection.Inbound, Lane = MessageKeys.InboundLane(Host.Key.IntegrationId, "ann"),
        DedupeKey = id, ContactId = "ann", Kind = "message", Payload = "{}", ReceivedAt = at ?? new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc),
    };
}
