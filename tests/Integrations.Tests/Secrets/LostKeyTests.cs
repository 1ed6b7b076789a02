using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Secrets;

/// <summary>A key that is gone, and a sealed text that was moved: that row says so, everything else goes on.</summary>
public sealed class LostKeyTests : IDisposable
{
    private readonly KeyRing _keys = new();

    private static CancellationToken Ct => TestRuntime.Ct;

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Row_reads_as_unreadable_its_connection_is_left_alone_and_others_work()
    {
        await using var runtime = Runtime();
        var lost = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync();
        _keys.LoseAll();
        var kept = await SecondAsync(runtime);
        var before = await runtime.Store.FindAsync(lost, Ct);

        var token = await runtime.Get<IIntegrationTokens>().GetAsync(lost, Ct);
        var saved = await runtime.DeployAsync("""{ "welcome_message": "New" }""");

        Assert.Equal((ProviderErrorKind.Configuration, "credentials_unreadable"), (token.Error!.Kind, token.Error.Code));
        Assert.Equal("credentials_unreadable", saved.Channels[0].Error!.Code);
        var view = await runtime.Reader.FindAsync(lost, Ct);
        Assert.Equal((CredentialHealth.Unreadable, ConnectionState.Connected, true), (view!.Credentials, view.State, view.IsActive));
        Assert.Equal(IntegrationView.MaskedSecret, view.Details["page_access_token"]!.GetValue<string>());
        Assert.Equivalent(before, await runtime.Store.FindAsync(lost, Ct), strict: true);
        Assert.Equal(CredentialHealth.Readable, (await runtime.Reader.FindAsync(kept, Ct))!.Credentials);
        Assert.True((await runtime.Get<IIntegrationTokens>().GetAsync(kept, Ct)).Error is null);
        var list = await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId }, Ct);
        Assert.Equal([CredentialHealth.NotChecked, CredentialHealth.NotChecked], list.Select(v => v.Credentials));
    }

    [Fact]
    public async Task Connecting_again_makes_it_readable()
    {
        await using var runtime = Runtime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        _keys.LoseAll();

        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync()).Outcome);

        Assert.Equal(CredentialHealth.Readable, (await runtime.Reader.FindAsync(key, Ct))!.Credentials);
    }

    [Fact]
    public async Task Integration_without_secrets_has_none_to_check()
    {
        await using var runtime = Runtime();
        await runtime.DeployAsync();

        Assert.Equal(CredentialHealth.None, (await runtime.Reader.FindAsync((await runtime.StoredAsync())!.Record.Key, Ct))!.Credentials);
    }

    [Theory]
    [InlineData("row")]
    [InlineData("column")]
    [InlineData("property")]
    public async Task Sealed_text_moved_elsewhere_does_not_open(string where)
    {
        await using var runtime = Runtime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        var other = (await runtime.Store.FindAsync(await SecondAsync(runtime), Ct))!;
        var mine = (await runtime.Store.FindAsync(key, Ct))!;
        var moved = where switch
        {
            "row" => other.Record.AuthToken!,
            "column" => mine.Record.RefreshToken!,
            _ => DetailsJson.Text(DetailsJson.ReadStored(mine.Record.Details), "page_access_token")!,
        };

        Assert.True(await runtime.Store.ReplaceSealedAsync(key, new SealedReplacement
        {
            TokenVersion = mine.Connection.TokenVersion, ConfigurationVersion = mine.Connection.ConfigurationVersion,
            AuthToken = moved, RefreshToken = mine.Record.RefreshToken, Details = mine.Record.Details,
        }, Ct));

        Assert.Equal("credentials_unreadable", (await runtime.Get<IIntegrationTokens>().GetAsync(key, Ct)).Error!.Code);
        Assert.Equal(CredentialHealth.Unreadable, (await runtime.Reader.FindAsync(key, Ct))!.Credentials);
    }

    [Fact]
    public void Sealed_text_opens_for_its_own_client_integration_and_field_only()
    {
        var (client, integration) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var sealedText = _keys.Protect(new Secret("s"), new SecretScope(new IntegrationKey(client, integration), "auth_token"));

        Assert.True(Opens(client, integration, "auth_token"));
        Assert.False(Opens(Guid.CreateVersion7(), integration, "auth_token"));
        Assert.False(Opens(client, Guid.CreateVersion7(), "auth_token"));
        Assert.False(Opens(client, integration, "refresh_token"));
        Assert.False(Opens(integration, client, "auth_token"));

        bool Opens(Guid c, Guid i, string field) => _keys.TryUnprotect(sealedText, new SecretScope(new IntegrationKey(c, i), field), out _);
    }

    private static async Task<IntegrationKey> SecondAsync(TestRuntime runtime)
    {
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-9", Name = "Nine" }] });
        return (await runtime.ConnectAsync(chatId: Guid.CreateVersion7())).Key!.Value;
    }

    private TestRuntime Runtime() => new(services: s => s.AddSingleton<ISecretProtector>(_keys));
}
