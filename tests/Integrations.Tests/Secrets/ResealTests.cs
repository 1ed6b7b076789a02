using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Secrets;

/// <summary>Sealing anew after a key was rotated, and of what an older table left in plain text.</summary>
public sealed class ResealTests : IDisposable
{
    private readonly KeyRing _keys = new();

    private static CancellationToken Ct => TestRuntime.Ct;

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task After_a_rotation_every_secret_is_sealed_with_the_new_key_and_the_old_one_can_go()
    {
        await using var runtime = Runtime();
        var keys = await ConnectAsync(runtime, 3);
        _keys.Rotate();

        var first = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);
        var second = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);
        _keys.LoseOld();

        Assert.Equal((3, 3, 0, true), (first.Examined, first.Resealed, first.Unreadable, first.IsComplete));
        Assert.Equal((3, 0), (second.Examined, second.Resealed));
        foreach (var key in keys)
        {
            Assert.Equal(Canary.AccountToken, (await runtime.Get<IIntegrationTokens>().GetAsync(key, Ct)).Token.Reveal());
            Assert.Equal(CredentialHealth.Readable, (await runtime.Reader.FindAsync(key, Ct))!.Credentials);
        }
    }

    [Fact]
    public async Task Stopped_walk_goes_on_where_its_progress_says()
    {
        await using var runtime = Runtime();
        await ConnectAsync(runtime, 5);
        _keys.Rotate();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var told = new Told(p =>
        {
            if (p.Examined == 2)
                stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => runtime.Get<ISecretMaintenance>().ResealAsync(new ResealOptions { BatchSize = 2 }, told, stop.Token));
        var rest = await runtime.Get<ISecretMaintenance>().ResealAsync(new ResealOptions { BatchSize = 2, After = told.Latest!.After }, told, Ct);

        Assert.Equal((3, 3, true), (rest.Examined, rest.Resealed, rest.IsComplete));
        Assert.Equal(0, (await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct)).Resealed);
    }

    [Fact]
    public async Task Newer_token_stored_while_it_is_sealed_anew_is_kept()
    {
        var store = new InterferingStore();
        await using var runtime = Runtime(store);
        var key = (await ConnectAsync(runtime, 1))[0];
        _keys.Rotate();
        var newer = _keys.Protect(new Secret("newer"), new SecretScope(key, SecretFields.AuthToken));
        store.BeforeReplace = async inner => await inner.CommitRefreshAsync(
            key, new RefreshCommit { TokenVersion = (await inner.FindAsync(key, Ct))!.Connection.TokenVersion, AuthToken = newer, At = DateTime.UnixEpoch }, Ct);

        var done = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);
        _keys.LoseOld();

        Assert.Equal((1, 0), (done.Resealed, done.Skipped));
        Assert.Equal("newer", (await runtime.Get<IIntegrationTokens>().GetAsync(key, Ct)).Token.Reveal());
        Assert.Equal(CredentialHealth.Readable, (await runtime.Reader.FindAsync(key, Ct))!.Credentials);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_counted_left_as_it_is_and_stops_nothing()
    {
        await using var runtime = Runtime();
        var lost = (await ConnectAsync(runtime, 1))[0];
        _keys.LoseAll();
        var kept = (await ConnectAsync(runtime, 1, from: 10))[0];
        _keys.Rotate();
        var before = (await runtime.Store.FindAsync(lost, Ct))!.Record;

        var done = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);

        Assert.Equal((2, 1, 1), (done.Examined, done.Resealed, done.Unreadable));
        var after = (await runtime.Store.FindAsync(lost, Ct))!.Record;
        Assert.Equal((before.AuthToken, before.RefreshToken, before.Details), (after.AuthToken, after.RefreshToken, after.Details));
        Assert.False((await runtime.Get<IIntegrationTokens>().GetAsync(kept, Ct)).Token.IsEmpty);
    }

    [Fact]
    public async Task Plain_token_in_the_details_is_sealed_and_other_properties_stay()
    {
        await using var runtime = Runtime();
        var key = await PlainAsync(runtime);

        var done = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);

        var details = (await runtime.Store.FindAsync(key, Ct))!.Record.Details;
        Assert.Equal((1, 1), (done.Resealed, done.WerePlain));
        Assert.DoesNotContain("EAABplain", details, StringComparison.Ordinal);
        Assert.True(runtime.Get<DetailsSealer>().TryOpen(details, ["page_access_token"], key, out var opened));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Plain), opened));
        Assert.Equal(0, (await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct)).Resealed);
    }

    [Fact]
    public async Task Protector_of_a_host_that_does_not_know_its_own_form_never_seals_twice()
    {
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<ISecretProtector>(new Opaque()));
        var key = await PlainAsync(runtime);

        var done = await runtime.Get<ISecretMaintenance>().ResealAsync(ct: Ct);

        Assert.Equal((0, 1), (done.Resealed, done.Unreadable));
        Assert.Contains("EAABplain", (await runtime.Store.FindAsync(key, Ct))!.Record.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EAABwzLixnjYBAO0ZC", false)]
    [InlineData("CfDJ8", false)]
    [InlineData("CfDJ8 is how it begins, and yet it is no base64url at all, however long it may be made to look", false)]
    public void Plain_texts_do_not_look_sealed(string text, bool expected) => Assert.Equal(expected, _keys.LooksSealed(text));

    [Fact]
    public void Sealed_texts_look_sealed_also_when_their_key_is_gone()
    {
        var scope = new SecretScope(new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()), SecretFields.AuthToken);
        var sealedText = _keys.Protect(new Secret("x"), scope);
        Assert.True(_keys.IsCurrent(sealedText, scope));
        _keys.LoseAll();
        Assert.True(_keys.LooksSealed(sealedText));
        Assert.False(_keys.IsCurrent(sealedText, scope));
    }

    private const string Plain = """{"page_id":"1","page_access_token":"EAABplain","future":{"kept":[1,2.50]}}""";

    private static async Task<IntegrationKey> PlainAsync(TestRuntime runtime)
    {
        var key = new IntegrationKey(runtime.ClientId, Guid.CreateVersion7());
        await runtime.Store.SaveConfigurationsAsync(
            [new ConfigurationChange { Key = key, ChatId = runtime.ChatId, Type = runtime.Platform.Type, Details = Plain, At = DateTime.UnixEpoch }], Ct);
        return key;
    }

    private static async Task<List<IntegrationKey>> ConnectAsync(TestRuntime runtime, int count, int from = 0)
    {
        var keys = new List<IntegrationKey>();
        for (var i = from; i < from + count; i++)
        {
            runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = $"page-{i}", Name = $"Page {i}" }] });
            keys.Add((await runtime.ConnectAsync(chatId: Guid.CreateVersion7(), clientId: Guid.CreateVersion7())).Key!.Value);
        }

        return keys;
    }

    private TestRuntime Runtime(InterferingStore? store = null)
    {
        var runtime = new TestRuntime(services: s =>
        {
            s.AddSingleton<ISecretProtector>(_keys);
            if (store is not null)
                s.AddSingleton<IIntegrationStore>(store);
        });
        if (store is not null)
            store.Inner = runtime.Get<InMemoryIntegrationStore>();
        return runtime;
    }

    private sealed class Told(Action<ResealProgress> then) : IProgress<ResealProgress>
    {
        public ResealProgress? Latest { get; private set; }

        public void Report(ResealProgress value)
        {
            Latest = value;
            then(value);
        }
    }

    private sealed class Opaque : ISecretProtector
    {
        public string Protect(Secret secret, SecretScope scope) => throw new InvalidOperationException("Nothing here is to be sealed.");

        public bool TryUnprotect(string sealedText, SecretScope scope, out Secret secret)
        {
            secret = default;
            return false;
        }
    }
}
