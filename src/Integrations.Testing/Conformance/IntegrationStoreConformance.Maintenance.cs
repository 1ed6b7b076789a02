using Xunit;

namespace Integrations.Testing;

/// <content>Maintenance: all clients' rows, sealing anew, removal.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    [Fact]
    public async Task A_scan_pages_over_all_clients_by_id()
    {
        var mine = new[] { await ConnectedAsync(), await ConnectedAsync(), await ConnectedAsync() };
        var seen = new List<IntegrationKey>();
        for (Guid? after = null; ;)
        {
            var page = await Stores.Integrations.ScanAsync(new IntegrationScan { After = after, Limit = 2 }, Ct);
            Assert.True(page.Count <= 2);
            if (page.Count == 0)
                break;
            seen.AddRange(page.Select(s => s.Record.Key));
            after = page[^1].Record.IntegrationId;
        }

        Assert.All(mine, key => Assert.Single(seen, key));
    }

    [Fact]
    public async Task A_scan_for_upgraded_rows_leaves_out_what_was_written_since()
    {
        var key = await ConnectedAsync();
        for (Guid? after = null; ;)
        {
            var page = await Stores.Integrations.ScanAsync(new IntegrationScan { OnlyUpgraded = true, After = after }, Ct);
            Assert.DoesNotContain(page, s => s.Record.Key == key);
            if (page.Count == 0)
                break;
            after = page[^1].Record.IntegrationId;
        }
    }

    [Fact]
    public async Task Connections_of_all_clients_are_counted_by_platform_and_state()
    {
        var before = await CountAsync();
        var (due, degraded, lost) = (await ConnectedAsync(), await ConnectedAsync(), await ConnectedAsync());
        foreach (var (key, state, at) in new[] { (due, ConnectionState.Connected, Noon), (degraded, ConnectionState.Degraded, Noon.AddHours(2)), (lost, ConnectionState.ReconnectRequired, Noon) })
            await FailAsync(key, state, at);

        var after = await CountAsync();

        Assert.Equal((1, 1), More(ConnectionState.Connected));
        Assert.Equal((1, 0), More(ConnectionState.Degraded));
        Assert.Equal((1, 0), More(ConnectionState.ReconnectRequired));

        (int Count, int Due) More(ConnectionState state) =>
            (after.GetValueOrDefault(state).Count - before.GetValueOrDefault(state).Count, after.GetValueOrDefault(state).Due - before.GetValueOrDefault(state).Due);

        async Task<Dictionary<ConnectionState, (int Count, int Due)>> CountAsync() => (await Stores.Integrations.CountAsync(Noon.AddHours(1), Ct))
            .Where(c => c.Type == IntegrationType.Facebook).ToDictionary(c => c.State, c => (c.Count, c.Due));

        async Task FailAsync(IntegrationKey key, ConnectionState to, DateTime retryAt) => await Stores.Integrations.CommitRefreshFailureAsync(key, new RefreshFailure
        {
            Owner = "counter",
            TokenVersion = (await ReadAsync(key)).Connection.TokenVersion,
            LastError = "Transient: x (x)",
            RetryAt = retryAt,
            To = to == ConnectionState.Connected ? null : to,
            At = Noon,
        }, Ct);
    }

    [Fact]
    public async Task Sealing_anew_changes_the_sealed_texts_and_nothing_else()
    {
        var key = await ConnectedAsync(details: """{"a":"old"}""");
        var before = await ReadAsync(key);
        Assert.True(await Stores.Integrations.ReplaceSealedAsync(key, Resealed(before), Ct));
        var after = await ReadAsync(key);
        Assert.Equal(("new-auth", "new-refresh"), (after.Record.AuthToken, after.Record.RefreshToken));
        Assert.Contains("new", after.Record.Details, StringComparison.Ordinal);
        Assert.Equal(before.Record.UpdatedAt, after.Record.UpdatedAt);
        Assert.Equivalent(before.Connection, after.Connection, strict: true);
        // A refresh or form that began before is not disturbed.
        Assert.True(await Stores.Integrations.CommitRefreshAsync(
            key, new RefreshCommit { TokenVersion = before.Connection.TokenVersion, AuthToken = "fresh", At = Noon }, Ct));
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Update(key, before.Connection.ConfigurationVersion, "{}")], Ct));
    }

    [Fact]
    public async Task Sealing_anew_never_overwrites_a_newer_token_or_form()
    {
        var (refreshed, saved) = (await ConnectedAsync(), await ConnectedAsync());
        var (one, two) = (await ReadAsync(refreshed), await ReadAsync(saved));
        await Stores.Integrations.CommitRefreshAsync(
            refreshed, new RefreshCommit { TokenVersion = one.Connection.TokenVersion, AuthToken = "fresh", At = Noon }, Ct);
        await Stores.Integrations.SaveConfigurationsAsync([Update(saved, two.Connection.ConfigurationVersion, """{"form":1}""")], Ct);
        Assert.False(await Stores.Integrations.ReplaceSealedAsync(refreshed, Resealed(one), Ct));
        Assert.False(await Stores.Integrations.ReplaceSealedAsync(saved, Resealed(two), Ct));
        Assert.Equal("fresh", (await ReadAsync(refreshed)).Record.AuthToken);
        Assert.Contains("form", (await ReadAsync(saved)).Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_and_its_sealing_anew_at_once_leave_the_token()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            var before = await ReadAsync(key);
            var (stored, _) = await RaceAsync(
                () => Stores.Integrations.CommitRefreshAsync(
                    key, new RefreshCommit { TokenVersion = before.Connection.TokenVersion, AuthToken = "fresh", RefreshToken = "fresh-r", At = Noon }, Ct),
                () => Fixture.OtherHost.Integrations.ReplaceSealedAsync(key, Resealed(before), Ct));
            Assert.True(stored);
            Assert.Equal(("fresh", "fresh-r"), ((await ReadAsync(key)).Record.AuthToken, (await ReadAsync(key)).Record.RefreshToken));
        }
    }

    [Fact]
    public async Task Tokens_forms_and_counters_written_at_once_do_not_overwrite_each_other()
    {
        var key = await ConnectedAsync(details: """{"form":"old","page_access_token":"old"}""");
        var before = await ReadAsync(key);
        await Task.WhenAll(
            Task.Run(() => Stores.Integrations.CommitRefreshAsync(
                key, new RefreshCommit { TokenVersion = before.Connection.TokenVersion, AuthToken = "fresh", DetailsPatch = """{"page_access_token":"new"}""", At = Noon }, Ct), Ct),
            Task.Run(() => SaveFormAsync(key), Ct),
            Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Fixture.OtherHost.Contacts.TouchAsync(key, $"psid-{i}", Noon, Ct), Ct))));
        var record = (await ReadAsync(key)).Record;
        Assert.Equal(("fresh", 20), (record.AuthToken, record.UserCount));
        var details = System.Text.Json.Nodes.JsonNode.Parse(record.Details)!;
        Assert.Equal(("saved", "new"), ((string?)details["form"], (string?)details["page_access_token"]));
    }

    [Fact]
    public async Task A_removed_integration_leaves_nothing_and_frees_its_account()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        var account = (await ReadAsync(key)).Connection.AccountId!;
        foreach (var one in new[] { key, other })
        {
            await Stores.Contacts.TouchAsync(one, "psid", Noon, Ct);
            await InboxMessages.SettledAsync(Stores.Inbox, one, MessageState.Done, Ct);
        }

        Assert.True(await Stores.Integrations.RemoveAsync(key, Ct));
        Assert.False(await Stores.Integrations.RemoveAsync(key, Ct));
        Assert.Null(await Stores.Integrations.FindAsync(key, Ct));
        Assert.Null(await Stores.Contacts.FindAsync(key, "psid", Ct));
        Assert.Empty(await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct));
        Assert.Empty(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [account], Ct));
        Assert.NotNull(await Stores.Contacts.FindAsync(other, "psid", Ct));
        Assert.Single(await Stores.Inbox.ListAsync(new MessageQuery { Key = other }, Ct));
    }

    private static SealedReplacement Resealed(StoredIntegration stored) => new()
    {
        TokenVersion = stored.Connection.TokenVersion,
        ConfigurationVersion = stored.Connection.ConfigurationVersion,
        AuthToken = "new-auth",
        RefreshToken = "new-refresh",
        Details = """{"a":"new"}""",
    };

    /// <summary>Reads, changes one property and saves, again until nobody was faster.</summary>
    private async Task SaveFormAsync(IntegrationKey key)
    {
        while (true)
        {
            var stored = await ReadAsync(key);
            var form = System.Text.Json.Nodes.JsonNode.Parse(stored.Record.Details)!;
            form["form"] = "saved";
            if (await Stores.Integrations.SaveConfigurationsAsync([Update(key, stored.Connection.ConfigurationVersion, form.ToJsonString())], Ct))
                return;
        }
    }
}
