using System.Text.Json;

namespace Integrations.Tests.Connect;

/// <summary>After a whole life of an integration, with its failures, no secret has been seen anywhere.</summary>
public sealed class CanaryTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task No_log_result_event_exception_or_row_of_a_full_run_holds_a_secret()
    {
        await using var runtime = new TestRuntime();
        var seen = new List<string>();
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));

        var start = await runtime.StartAsync();
        var callback = runtime.Callback(start);
        var offered = await runtime.Connector.CompleteAsync(callback, Ct);
        var key = new AccountChoiceKey { Handle = offered.Choice!.Handle, BrowserToken = start.BrowserToken, UserBinding = "user-1" };
        Look(start, callback, offered, offered.Choice, key, await runtime.Connector.SelectAccountAsync(key, "page-1", Ct));
        Look(await runtime.DeployAsync($$"""{ "welcome_message": "Hi", "page_access_token": "{{Canary.AccountToken}}" }"""));
        Look(await runtime.DeployAsync($$"""{ "welcome_message": 5, "page_access_token": "{{Canary.AccountToken}}" """));
        runtime.Platform.OnExchange((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, Canary.UserToken));
        Look(await runtime.ConnectAsync());
        runtime.Platform.OnExchange((_, _) => throw new InvalidOperationException("a bug of the provider"));
        Look((await Assert.ThrowsAsync<InvalidOperationException>(() => runtime.ConnectAsync())).ToString());
        runtime.Platform.OnActivate(_ => throw new IOException(Canary.AccountToken));
        runtime.Platform.OnRevoke(_ => throw new IOException(Canary.AccountToken));
        Look(await runtime.DeployAsync());
        var stored = await runtime.StoredAsync();
        Look(JsonSerializer.Serialize(stored), JsonSerializer.Serialize(await runtime.Reader.FindAsync(stored!.Record.Key, Ct)));
        Look(await runtime.Connector.DisconnectAsync(stored.Record.Key, Ct));
        Look([.. runtime.Events.All, .. runtime.Logs.Lines, JsonSerializer.Serialize(runtime.Events.All)]);

        Assert.All(seen, text => Assert.DoesNotContain(Canary.Word, text, StringComparison.Ordinal));
        Assert.All(runtime.Logs.Lines, line => Assert.DoesNotContain(callback.State.Reveal(), line, StringComparison.Ordinal));
        Assert.All(runtime.Logs.Lines, line => Assert.DoesNotContain(start.BrowserToken.Reveal(), line, StringComparison.Ordinal));
        Assert.All(runtime.Logs.Lines, line => Assert.DoesNotContain(key.Handle.Reveal(), line, StringComparison.Ordinal));
        Assert.NotEmpty(runtime.Logs.Lines);

        void Look(params object[] things) => seen.AddRange(things.Select(t => t.ToString()!));
    }

    [Fact]
    public async Task Serialising_what_carries_a_handle_or_token_fails()
    {
        await using var runtime = new TestRuntime();
        var start = await runtime.StartAsync();

        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(start));
    }
}
