using System.Text.Json.Nodes;
using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IIntegrationStore"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract partial class IntegrationStoreConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    [Fact]
    public async Task A_new_configuration_is_pending_and_not_live()
    {
        var key = NewKey();
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Create(key, """{"page_id":"1"}""")], Ct));
        var stored = await ReadAsync(key);
        Assert.Equal(key, stored.Record.Key);
        Assert.Equal(key.IntegrationId, stored.Record.ChatId);
        Assert.Equal(IntegrationType.Facebook, stored.Record.Type);
        Assert.False(stored.Record.IsLive);
        Assert.False(stored.Record.IsActive);
        Assert.Equal(Noon, stored.Record.CreatedAt);
        Assert.Equal(Noon, stored.Record.UpdatedAt);
        Assert.Equal(DateTimeKind.Utc, stored.Record.CreatedAt.Kind);
        Assert.Null(stored.Record.AuthToken);
        Assert.Null(stored.Record.LastSyncedAt);
        Assert.Null(stored.Record.DeployedAt);
        Assert.Equal(0, stored.Record.MessageCount);
        Assert.Equal(ConnectionState.Pending, stored.Connection.State);
        Assert.Equal(key.ClientId, stored.Connection.ClientId);
    }

    [Fact]
    public async Task Details_keep_the_meaning_of_properties_nobody_knows()
    {
        var key = NewKey();
        const string Details = """{"page_name":"Ünïcode \"quoted\" \u2603","big":12345678901234567890,"exact":1.5,"nested":{"a":[1,null,true]},"empty":{}}""";
        await Stores.Integrations.SaveConfigurationsAsync([Create(key, Details)], Ct);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Details), JsonNode.Parse((await ReadAsync(key)).Record.Details)));
    }

    [Fact]
    public async Task An_integration_is_found_by_its_natural_key()
    {
        var key = NewKey();
        var chat = Guid.CreateVersion7();
        await Stores.Integrations.SaveConfigurationsAsync([Create(key, chat: chat)], Ct);
        Assert.Equal(key, (await Stores.Integrations.FindAsync(key.ClientId, chat, IntegrationType.Facebook, Ct))?.Record.Key);
        Assert.Null(await Stores.Integrations.FindAsync(key.ClientId, chat, IntegrationType.Instagram, Ct));
        Assert.Null(await Stores.Integrations.FindAsync(Guid.CreateVersion7(), chat, IntegrationType.Facebook, Ct));
    }

    [Fact]
    public async Task Configurations_are_saved_all_or_none()
    {
        var (known, created) = (NewKey(), NewKey());
        await Stores.Integrations.SaveConfigurationsAsync([Create(known)], Ct);
        var version = (await ReadAsync(known)).Connection.ConfigurationVersion;
        Assert.False(await Stores.Integrations.SaveConfigurationsAsync([Create(created), Update(known, version + 1, """{"a":1}""")], Ct));
        Assert.Null(await Stores.Integrations.FindAsync(created, Ct));
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Create(created), Update(known, version, """{"a":1}""")], Ct));
        Assert.NotNull(await Stores.Integrations.FindAsync(created, Ct));
        Assert.Equal(1, JsonNode.Parse((await ReadAsync(known)).Record.Details)!["a"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_configuration_read_before_another_change_is_refused()
    {
        var key = NewKey();
        await Stores.Integrations.SaveConfigurationsAsync([Create(key)], Ct);
        var version = (await ReadAsync(key)).Connection.ConfigurationVersion;
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Update(key, version, """{"winner":1}""")], Ct));
        Assert.False(await Stores.Integrations.SaveConfigurationsAsync([Update(key, version, """{"loser":1}""")], Ct));
        var stored = await ReadAsync(key);
        Assert.NotNull(JsonNode.Parse(stored.Record.Details)!["winner"]);
        Assert.True(stored.Connection.ConfigurationVersion > version);
        Assert.Equal(Noon.AddMinutes(1), stored.Record.UpdatedAt);
    }

    [Fact]
    public async Task A_second_integration_of_one_natural_key_is_refused()
    {
        var first = NewKey();
        var second = new IntegrationKey(first.ClientId, Guid.CreateVersion7());
        var chat = Guid.CreateVersion7();
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Create(first, chat: chat)], Ct));
        Assert.False(await Stores.Integrations.SaveConfigurationsAsync([Create(second, chat: chat)], Ct));
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync([Create(second, chat: chat, type: IntegrationType.Instagram)], Ct));
    }

    [Fact]
    public async Task Of_two_simultaneous_creations_of_one_natural_key_one_wins()
    {
        for (var i = 0; i < 10; i++)
        {
            var (client, chat) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            Task<bool> Save(StoreSet stores) =>
                stores.Integrations.SaveConfigurationsAsync([Create(new IntegrationKey(client, Guid.CreateVersion7()), chat: chat)], Ct);
            var (first, second) = await RaceAsync(() => Save(Stores), () => Save(Fixture.OtherHost));
            Assert.True(first ^ second);
        }
    }

    [Fact]
    public async Task A_list_goes_by_ascending_id_in_pages_and_filters()
    {
        var client = Guid.CreateVersion7();
        var keys = Enumerable.Range(0, 5).Select(_ => new IntegrationKey(client, Guid.CreateVersion7())).OrderBy(k => k.IntegrationId).ToList();
        await Stores.Integrations.SaveConfigurationsAsync([.. keys.AsEnumerable().Reverse().Select(key => Create(key))], Ct);
        await Stores.Integrations.SaveConfigurationsAsync([Create(NewKey())], Ct);

        var first = await Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = client, Limit = 3 }, Ct);
        var rest = await Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = client, Limit = 3, After = first[^1].Record.IntegrationId }, Ct);
        Assert.Equal(keys, [.. first.Concat(rest).Select(s => s.Record.Key)]);

        var ofChat = await Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = client, ChatId = keys[2].IntegrationId }, Ct);
        Assert.Equal(keys[2], Assert.Single(ofChat).Record.Key);
        Assert.Empty(await Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = client, Type = IntegrationType.Instagram }, Ct));
    }
}
