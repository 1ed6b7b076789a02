using NSubstitute;

namespace Integrations.Tests.Notices;

public sealed class NoticeTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Deauthorise_asks_every_integration_of_that_person_to_reconnect_once()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Page 2" }] });
        await runtime.ConnectAsync(clientId: Guid.CreateVersion7());
        Verified(runtime);

        var first = await ReceiveAsync(runtime, PlatformNoticeKind.Deauthorize);
        var again = await ReceiveAsync(runtime, PlatformNoticeKind.Deauthorize);

        Assert.Equal((true, 2, null), (first.IsVerified, first.Integrations, first.ConfirmationCode));
        Assert.Equal((true, 0), (again.IsVerified, again.Integrations));
        Assert.Equal(2, runtime.Events.Kinds.Count(k => k == IntegrationEventKind.ReconnectRequired));
        var stored = (await runtime.StoredAsync())!;
        Assert.Equal(ConnectionState.ReconnectRequired, stored.Connection.State);
        Assert.StartsWith("ReconnectRequired: ", stored.Record.LastError, StringComparison.Ordinal);
        Assert.NotNull(stored.Connection.StateReason);
    }

    [Fact]
    public async Task A_notice_at_a_shared_address_concerns_the_platforms_it_names_and_no_other()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        PlatformNoticeResult For(params IntegrationType[] types) => new() { AuthorizedUserId = "person-1", Types = types };
        runtime.Platform.Notices.ReadNoticeAsync(null!, Ct).ReturnsForAnyArgs(For(IntegrationType.Instagram), For(IntegrationType.Instagram, runtime.Platform.Type));

        var elsewhere = await ReceiveAsync(runtime, PlatformNoticeKind.Deauthorize);
        var both = await ReceiveAsync(runtime, PlatformNoticeKind.Deauthorize);

        Assert.Equal((0, 1), (elsewhere.Integrations, both.Integrations));
    }

    [Theory]
    [InlineData(PlatformNoticeKind.Deauthorize)]
    [InlineData(PlatformNoticeKind.DataDeletion)]
    public async Task Old_notice_sent_again_does_not_break_what_was_connected_since(PlatformNoticeKind kind)
    {
        await using var runtime = new TestRuntime();
        var issued = runtime.Time.GetUtcNow();
        runtime.Time.Advance(TimeSpan.FromHours(1));
        await runtime.ConnectAsync();
        Verified(runtime, issued);

        var receipt = await ReceiveAsync(runtime, kind);
        await runtime.Get<DeletionWorker>().RunAsync(Ct);

        Assert.Equal(0, receipt.Integrations);
        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
    }

    [Fact]
    public async Task Notice_about_another_person_concerns_nobody()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        runtime.Platform.OnNotice(new PlatformNoticeResult { AuthorizedUserId = "person-2" });

        Assert.Equal(0, (await ReceiveAsync(runtime, PlatformNoticeKind.DataDeletion)).Integrations);
        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
    }

    [Fact]
    public async Task Forged_notice_is_refused_with_its_reason_and_changes_nothing()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        runtime.Platform.OnNotice(new PlatformNoticeResult { AuthorizedUserId = "person-1", Reason = "signature_wrong" });

        var receipt = await ReceiveAsync(runtime, PlatformNoticeKind.DataDeletion);

        Assert.Equal((false, "signature_wrong", null), (receipt.IsVerified, receipt.Reason, receipt.ConfirmationCode));
        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
    }

    [Fact]
    public async Task Verdict_on_an_older_grant_does_not_break_a_newer_one_and_a_disconnected_one_stays_as_it_is()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.Connector.DisconnectAsync(key, Ct);
        Verified(runtime);

        Assert.Equal(0, (await ReceiveAsync(runtime, PlatformNoticeKind.Deauthorize)).Integrations);
        Assert.Equal(ConnectionState.Disconnected, (await runtime.StoredAsync())!.Connection.State);
    }

    [Fact]
    public async Task Type_that_sends_no_notices_is_not_available()
    {
        await using var runtime = new TestRuntime();

        var soon = await Assert.ThrowsAsync<IntegrationException>(() => runtime.Get<IPlatformNoticeIntake>().ReceiveAsync(
            IntegrationType.X, new PlatformNoticeRequest { Kind = PlatformNoticeKind.Deauthorize, Form = new Dictionary<string, string>() }, Ct));

        Assert.Equal(IntegrationErrorKind.NotAvailable, soon.Kind);
    }

    private static void Verified(TestRuntime runtime, DateTimeOffset? issuedAt = null) =>
        runtime.Platform.OnNotice(new PlatformNoticeResult { AuthorizedUserId = "person-1", IssuedAt = issuedAt });

    private static Task<PlatformNoticeReceipt> ReceiveAsync(TestRuntime runtime, PlatformNoticeKind kind) => runtime.Get<IPlatformNoticeIntake>().ReceiveAsync(
        runtime.Platform.Type, new PlatformNoticeRequest { Kind = kind, Form = new Dictionary<string, string> { ["signed_request"] = "x" } }, Ct);
}
