using System.Text.Json;

namespace Integrations.Tests.Data;

/// <summary>Erasure by age, by person and whole; export.</summary>
public sealed class IntegrationDataTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Erased_contact_is_found_nowhere()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await TalkAsync(runtime, key, "psid-gone");
        await TalkAsync(runtime, key, "psid-stays");

        var erased = await runtime.Get<IIntegrationData>().EraseContactAsync(key, "psid-gone", Ct);

        Assert.Equal(2, erased);
        var everything = await DumpAsync(runtime, key);
        Assert.DoesNotContain("psid-gone", everything, StringComparison.Ordinal);
        Assert.Contains("psid-stays", everything, StringComparison.Ordinal);
        Assert.Equal(2, (await runtime.Store.FindAsync(key, Ct))!.Record.UserCount);
    }

    [Fact]
    public async Task Content_goes_after_its_time_and_the_row_after_the_dedupe_window()
    {
        await using var runtime = new TestRuntime(o => (o.MessageRetention, o.MessageDedupeWindow) = (TimeSpan.FromDays(30), TimeSpan.FromDays(7)));
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await TalkAsync(runtime, key, "psid");
        var sweep = runtime.Get<RetentionSweep>();

        runtime.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal((0, 0), await sweep.SweepAsync(Ct));
        runtime.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal((2, 0), await sweep.SweepAsync(Ct));
        Assert.All(await MessagesAsync(runtime, key), m => Assert.Empty(m.Payload));
        Assert.Equal([AcceptOutcome.Duplicate], await runtime.Get<IMessageInbox>().AcceptAsync([Message(key, "psid", "mid-psid")], Ct));
        runtime.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal((0, 2), await sweep.SweepAsync(Ct));
        Assert.Empty(await MessagesAsync(runtime, key));
    }

    [Fact]
    public async Task Rule_of_the_host_decides_for_each_integration()
    {
        await using var runtime = new TestRuntime(services: s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions
            .AddSingleton<IMessageRetention>(s, new OnlyPage("page-1")));
        var short1 = (await runtime.ConnectAsync()).Key!.Value;
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Two" }] });
        var kept = (await runtime.ConnectAsync(chatId: Guid.CreateVersion7())).Key!.Value;
        await TalkAsync(runtime, short1, "psid");
        await TalkAsync(runtime, kept, "psid");
        runtime.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal((2, 0), await runtime.Get<RetentionSweep>().SweepAsync(Ct));

        Assert.All(await MessagesAsync(runtime, kept), m => Assert.NotEmpty(m.Payload));
    }

    [Fact]
    public async Task Removed_integration_is_disconnected_at_its_platform_and_gone_with_all_its_data()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await TalkAsync(runtime, key, "psid");

        var result = await runtime.Get<IIntegrationData>().RemoveIntegrationAsync(key, Ct);

        Assert.True(result.Succeeded);
        Assert.Equal(1, runtime.Platform.Calls("RevokeAsync"));
        Assert.Null(await runtime.Store.FindAsync(key, Ct));
        Assert.Empty(await MessagesAsync(runtime, key));
        Assert.Null(await runtime.Get<IContactStore>().FindAsync(key, "psid", Ct));
        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Outcome);
        var again = await Assert.ThrowsAsync<IntegrationException>(() => runtime.Get<IIntegrationData>().RemoveIntegrationAsync(key, Ct));
        Assert.Equal(IntegrationErrorKind.NotFound, again.Kind);
    }

    [Fact]
    public async Task Export_holds_everything_of_one_client_and_no_secret()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await TalkAsync(runtime, key, "psid");
        for (var i = 0; i < 450; i++) // more than two pages
            await runtime.Get<IMessageInbox>().AcceptAsync([Message(key, "psid", $"mid-{i}")], Ct);
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Two" }] });
        var foreign = (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Key!.Value;
        using var output = new MemoryStream();

        await runtime.Get<IIntegrationData>().ExportAsync(runtime.ClientId, output, Ct);

        using var export = JsonDocument.Parse(output.ToArray());
        var one = Assert.Single(export.RootElement.GetProperty("integrations").EnumerateArray());
        Assert.Equal(key.IntegrationId, one.GetProperty("integration_id").GetGuid());
        Assert.Equal(IntegrationView.MaskedSecret, one.GetProperty("details").GetProperty("page_access_token").GetString());
        Assert.Equal("psid", Assert.Single(one.GetProperty("contacts").EnumerateArray()).GetProperty("contact_id").GetString());
        Assert.Equal(452, one.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("message_id").GetGuid()).Distinct().Count());
        Assert.Equal("hello", one.GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString());
        var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        var stored = (await runtime.Store.FindAsync(key, Ct))!.Record;
        Assert.All([Canary.Word, stored.AuthToken!, stored.RefreshToken!, foreign.IntegrationId.ToString()], secret =>
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private static async Task TalkAsync(TestRuntime runtime, IntegrationKey key, string contact)
    {
        var inbox = runtime.Get<IMessageInbox>();
        await runtime.Get<IContactStore>().TouchAsync(key, contact, runtime.Time.GetUtcNow().UtcDateTime, Ct);
        await inbox.AcceptAsync([Message(key, contact, $"mid-{contact}"), Message(key, contact, MessageKeys.Welcome(contact, 0))], Ct);
        foreach (var lease in await inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "test", MaxLanes = 10, Lease = TimeSpan.FromMinutes(1) }, Ct))
        {
            await inbox.SettleAsync(lease, [.. lease.Messages.Select(m => new MessageSettlement { MessageId = m.Id, State = MessageState.Done })], Ct);
            await inbox.ReleaseAsync(lease, null, Ct);
        }
    }

    private static NewMessage Message(IntegrationKey key, string contact, string dedupeKey) => new()
    {
        Id = Guid.CreateVersion7(), Key = key, Direction = MessageDirection.Inbound, Lane = MessageKeys.InboundLane(key.IntegrationId, contact),
        DedupeKey = dedupeKey, ContactId = contact, Kind = "message", Payload = $$"""{"text":"hello","contact":"{{contact}}"}""", ReceivedAt = DateTime.UnixEpoch,
    };

    private static Task<IReadOnlyList<StoredMessage>> MessagesAsync(TestRuntime runtime, IntegrationKey key) =>
        runtime.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key, Limit = 500 }, Ct);

    private static async Task<string> DumpAsync(TestRuntime runtime, IntegrationKey key) => JsonSerializer.Serialize(new
    {
        Row = await runtime.Store.FindAsync(key, Ct),
        Contacts = await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct),
        Messages = await MessagesAsync(runtime, key),
    });

    private sealed class OnlyPage(string accountId) : IMessageRetention
    {
        public TimeSpan? For(IntegrationView integration) => integration.AccountId == accountId ? TimeSpan.FromDays(1) : null;
    }
}
