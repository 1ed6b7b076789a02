namespace Integrations.Tests.Read;

public sealed class ReaderTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task View_shows_state_and_settings_and_no_secret()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");

        var view = await runtime.Reader.FindAsync(key, Ct);

        Assert.Equal((ConnectionState.Connected, true, true, true), (view!.State, view.IsLive, view.IsActive, view.HasCredentials));
        Assert.Equal(("page-1", "Name of page-1"), (view.AccountId, view.AccountName));
        Assert.Equal(["messages", "accounts", "insights"], view.GrantedScopes);
        Assert.Equal("""{"page_id":"page-1","page_access_token":"********","auto_response":true,"welcome_message":"Hi"}""", view.Details.ToJsonString());
        Assert.Equal(runtime.Time.GetUtcNow(), view.DeployedAt);
        var everything = System.Text.Json.JsonSerializer.Serialize(view);
        Assert.DoesNotContain(Canary.Word, everything, StringComparison.Ordinal);
        Assert.DoesNotContain((await runtime.StoredAsync())!.Record.AuthToken!, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_pages_on_by_id_within_one_client()
    {
        await using var runtime = new TestRuntime();
        for (var i = 0; i < 3; i++)
        {
            var account = $"page-{i}";
            runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = account, Name = account }] });
            await runtime.ConnectAsync(chatId: Guid.CreateVersion7());
        }

        var first = await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId, Limit = 2 }, Ct);
        var rest = await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId, Limit = 2, After = first[^1].Key.IntegrationId }, Ct);

        Assert.Equal([2, 1], [first.Count, rest.Count]);
        Assert.Equal(3, first.Concat(rest).Select(v => v.Key).Distinct().Count());
    }
}
