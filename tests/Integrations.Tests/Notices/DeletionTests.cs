using System.Security.Cryptography;
using System.Text;

namespace Integrations.Tests.Notices;

/// <summary>A person wants their data deleted: kept at once, carried out soon, whatever happens in between.</summary>
public sealed class DeletionTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Accepted_is_received_then_done_with_everything_erased_and_counted()
    {
        await using var runtime = new TestRuntime();
        var mine = await LiveAsync(runtime, "page-1");
        var theirs = await LiveAsync(runtime, "page-2", Guid.CreateVersion7());
        Ask(runtime);

        var receipt = await ReceiveAsync(runtime);
        var received = await StatusAsync(runtime, receipt);
        await RunAsync(runtime);
        var done = await StatusAsync(runtime, receipt);

        Assert.Equal((2, 32), (receipt.Integrations, receipt.ConfirmationCode!.Length));
        Assert.Equal((DeletionState.Received, null), (received!.State, received.CompletedAt));
        Assert.Equal((DeletionState.Done, 2, 4L, 6L), (done!.State, done.Integrations, done.Contacts, done.Messages));
        Assert.NotNull(done.CompletedAt);
        foreach (var key in (IntegrationKey[])[mine, theirs])
        {
            var stored = (await runtime.Store.FindAsync(key, Ct))!;
            Assert.Equal((ConnectionState.Disconnected, null, null, false), (stored.Connection.State, stored.Record.AuthToken, stored.Connection.AuthorizedUserId, stored.Record.IsLive));
            Assert.Empty(await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct));
            Assert.Empty(await runtime.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, Ct));
        }

        Assert.Equal(2, runtime.Events.Kinds.Count(k => k == IntegrationEventKind.DataDeleted));
        Assert.Equal(2, runtime.Events.Kinds.Count(k => k == IntegrationEventKind.Disconnected));
    }

    [Fact]
    public async Task What_an_owner_disconnected_before_is_erased_too()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime, "page-1");
        await runtime.Get<IIntegrationConnector>().DisconnectAsync(key, Ct);
        Ask(runtime);

        var receipt = await ReceiveAsync(runtime);
        await RunAsync(runtime);

        Assert.Equal(1, receipt.Integrations);
        Assert.Empty(await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct));
        Assert.Empty(await runtime.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, Ct));
        Assert.Null((await runtime.Store.FindAsync(key, Ct))!.Connection.AuthorizedUserId);
    }

    [Fact]
    public async Task Another_persons_integration_is_left_alone()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime, "page-1");
        Ask(runtime, "person-2");

        var receipt = await ReceiveAsync(runtime);
        await RunAsync(runtime);

        Assert.Equal((0, DeletionState.Done), (receipt.Integrations, (await StatusAsync(runtime, receipt))!.State));
        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
        Assert.Equal(2, (await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct)).Count);
    }

    [Fact]
    public async Task Same_request_again_gives_the_same_code_and_no_work_and_a_new_one_gives_another()
    {
        await using var runtime = new TestRuntime();
        await LiveAsync(runtime, "page-1");
        var issued = runtime.Time.GetUtcNow();
        Ask(runtime, issuedAt: issued);

        var first = await ReceiveAsync(runtime);
        var before = await ReceiveAsync(runtime, "x");
        await RunAsync(runtime);
        // Whoever adds fields to a signed request makes no new one of it.
        var after = await ReceiveAsync(runtime, "y");
        await RunAsync(runtime);
        Ask(runtime, issuedAt: issued.AddSeconds(1));
        var another = await ReceiveAsync(runtime);

        Assert.Equal((first.ConfirmationCode, first.ConfirmationCode), (before.ConfirmationCode, after.ConfirmationCode));
        Assert.NotEqual(first.ConfirmationCode, another.ConfirmationCode);
        Assert.Equal((1, 0, 0, 0), (first.Integrations, before.Integrations, after.Integrations, another.Integrations));
        Assert.Single(runtime.Events.Kinds, IntegrationEventKind.DataDeleted);
    }

    [Fact]
    public async Task A_request_that_arrives_months_late_is_still_carried_out()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime, "page-1");
        Ask(runtime, issuedAt: runtime.Time.GetUtcNow());
        runtime.Time.Advance(TimeSpan.FromDays(100));

        var receipt = await ReceiveAsync(runtime);
        await RunAsync(runtime);

        Assert.Equal(1, receipt.Integrations);
        Assert.Empty(await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct));
    }

    [Fact]
    public async Task Repeated_after_a_reconnect_leaves_the_new_connection_and_its_people()
    {
        await using var runtime = new TestRuntime();
        await LiveAsync(runtime, "page-1");
        Ask(runtime, issuedAt: runtime.Time.GetUtcNow());
        await ReceiveAsync(runtime);
        await RunAsync(runtime);
        runtime.Time.Advance(TimeSpan.FromHours(1));
        var key = await LiveAsync(runtime, "page-1");

        await ReceiveAsync(runtime);
        await RunAsync(runtime);

        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
        Assert.Equal(2, (await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct)).Count);
    }

    [Fact]
    public async Task Worker_that_dies_half_way_leaves_the_rest_to_the_next()
    {
        await using var runtime = new TestRuntime();
        await LiveAsync(runtime, "page-1");
        Ask(runtime);
        var receipt = await ReceiveAsync(runtime);
        var store = runtime.Get<IDeletionStore>();

        var taken = await store.LeaseAsync("dead host", runtime.Time.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(2), Ct);
        await RunAsync(runtime);
        var meanwhile = await StatusAsync(runtime, receipt);
        runtime.Time.Advance(TimeSpan.FromMinutes(3));
        await RunAsync(runtime);

        Assert.NotNull(taken);
        Assert.Equal(DeletionState.InProgress, meanwhile!.State);
        Assert.Equal((DeletionState.Done, 2L), ((await StatusAsync(runtime, receipt))!.State, (await StatusAsync(runtime, receipt))!.Contacts));
    }

    [Fact]
    public async Task Connected_anew_between_request_and_work_keeps_its_new_grant()
    {
        await using var runtime = new TestRuntime();
        await LiveAsync(runtime, "page-1");
        Ask(runtime);
        var receipt = await ReceiveAsync(runtime);
        runtime.Time.Advance(TimeSpan.FromMinutes(1));
        await runtime.ConnectAsync();

        await RunAsync(runtime);

        Assert.Equal(ConnectionState.Connected, (await runtime.StoredAsync())!.Connection.State);
        Assert.Equal(2, (await StatusAsync(runtime, receipt))!.Contacts);
    }

    [Fact]
    public async Task Removed_integration_is_passed_over()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime, "page-1");
        Ask(runtime);
        var receipt = await ReceiveAsync(runtime);
        await runtime.Store.RemoveAsync(key, Ct);

        await RunAsync(runtime);

        Assert.Equal((DeletionState.Done, 0), ((await StatusAsync(runtime, receipt))!.State, (await StatusAsync(runtime, receipt))!.Integrations));
    }

    [Fact]
    public async Task Audit_line_names_nobody_proves_who_asked_and_is_kept_400_days()
    {
        await using var runtime = new TestRuntime();
        await LiveAsync(runtime, "page-1");
        Ask(runtime);
        var receipt = await ReceiveAsync(runtime);
        await RunAsync(runtime);

        var line = Assert.Single(await runtime.Get<IIntegrationData>().ListDeletionsAsync(ct: Ct));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{runtime.Platform.Type}:person-1"))), line.SubjectHash);
        Assert.Equal(receipt.ConfirmationCode, line.ConfirmationCode);
        var row = Assert.Single(await runtime.Get<IDeletionStore>().ListAsync(null, 10, Ct));
        Assert.Equal(string.Empty, row.Targets);
        Assert.DoesNotContain("person-1", row.RequestHash + row.SubjectHash + row.ConfirmationCode, StringComparison.Ordinal);
        runtime.Time.Advance(TimeSpan.FromDays(399));
        await RunAsync(runtime);
        Assert.NotNull(await StatusAsync(runtime, receipt));
        runtime.Time.Advance(TimeSpan.FromDays(2));
        await RunAsync(runtime);
        Assert.Null(await StatusAsync(runtime, receipt));
    }

    [Fact]
    public async Task Unknown_and_impossible_codes_are_unknown_and_a_code_is_no_state()
    {
        await using var runtime = new TestRuntime();
        Ask(runtime);
        var code = (await ReceiveAsync(runtime)).ConfirmationCode!;
        var intake = runtime.Get<IPlatformNoticeIntake>();

        Assert.Null(await intake.FindDeletionAsync("", Ct));
        Assert.Null(await intake.FindDeletionAsync(new string('a', 32), Ct));
        Assert.Null(await intake.FindDeletionAsync(new string('a', 10_000), Ct));
        Assert.Equal(ConnectOutcome.StateUnknown, (await runtime.Connector.CompleteAsync(
            new AuthorizationCallback { Type = runtime.Platform.Type, State = new Secret(code) }, Ct)).Outcome);
    }

    private static async Task<IntegrationKey> LiveAsync(TestRuntime runtime, string page, Guid? client = null)
    {
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = page, Name = page }] });
        var key = (await runtime.ConnectAsync(clientId: client)).Key!.Value;
        foreach (var contact in (string[])["carla", "dan"])
            await runtime.Get<IContactStore>().TouchAsync(key, contact, DateTime.UnixEpoch, Ct);
        await runtime.Get<IMessageInbox>().AcceptAsync([.. ((string?[])["carla", "eve", null]).Select(contact => new NewMessage
        {
            Id = Guid.CreateVersion7(), Key = key, Direction = MessageDirection.Inbound, Lane = $"in:{key.IntegrationId:N}:{contact ?? "-"}",
            DedupeKey = $"in:{Guid.CreateVersion7()}", ContactId = contact, Kind = "message", Payload = "{}", ReceivedAt = DateTime.UnixEpoch,
        })], Ct);
        return key;
    }

    private static void Ask(TestRuntime runtime, string person = "person-1", DateTimeOffset? issuedAt = null) =>
        runtime.Platform.OnNotice(new PlatformNoticeResult { AuthorizedUserId = person, IssuedAt = issuedAt });

    private static Task RunAsync(TestRuntime runtime) => runtime.Get<DeletionWorker>().RunAsync(Ct);

    private static Task<DeletionStatus?> StatusAsync(TestRuntime runtime, PlatformNoticeReceipt receipt) =>
        runtime.Get<IPlatformNoticeIntake>().FindDeletionAsync(receipt.ConfirmationCode!, Ct);

    private static Task<PlatformNoticeReceipt> ReceiveAsync(TestRuntime runtime, string extra = "") => runtime.Get<IPlatformNoticeIntake>().ReceiveAsync(
        runtime.Platform.Type,
        new PlatformNoticeRequest { Kind = PlatformNoticeKind.DataDeletion, Form = new Dictionary<string, string> { ["signed_request"] = "x", ["extra"] = extra } }, Ct);
}
