using System.Text.Json.Nodes;
using CsCheck;
using Integrations.EntityFramework.Tests.Schema;
using Integrations.EntityFramework.Tests.Upgrade;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests.Runtime;

/// <summary>What really stands in the rows.</summary>
public sealed class SealedRowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plain_tokens_of_an_upgraded_table_are_sealed_when_the_host_starts_and_only_once()
    {
        var connectionString = await OldTable.CreateAsync();
        await PostgreSqlSchema.ExecuteAsync(connectionString, ScriptTests.Script("upgrade.sql"));
        var keys = new EphemeralDataProtectionProvider();
        await using RuntimeHost<UpgradeDb> host = new(o => o.UseNpgsql(connectionString), keys);

        await host.SealOnStartAsync();

        var facebook = await RowAsync("facebook");
        Assert.DoesNotContain("EAABplain", facebook, StringComparison.Ordinal);
        Assert.Contains("\"future\": {\"kept\": [1, 2]}", facebook, StringComparison.Ordinal);
        Assert.Contains("\"page_id\": \"123\"", facebook, StringComparison.Ordinal);
        var key = new IntegrationKey(OldTable.Client, OldTable.Facebook);
        Assert.Equal(CredentialHealth.Readable, (await host.Get<IIntegrationReader>().FindAsync(key, Ct))!.Credentials);
        // Its provider is not installed here, so nobody knows which of its properties are secret: it waits for a host that does.
        Assert.Contains("EAABinsta", await RowAsync("instagram"), StringComparison.Ordinal);
        Assert.DoesNotContain(await host.Store.ScanAsync(new IntegrationScan { OnlyUpgraded = true }, Ct), s => s.Record.Key == key);
        await host.SealOnStartAsync();
        Assert.Equal(facebook, await RowAsync("facebook"));

        async Task<string> RowAsync(string type) => Assert.Single(await PostgreSqlSchema.QueryAsync(
            connectionString, $"SELECT integration_details::text FROM integrations WHERE integration_type = '{type}'", row => row.GetString(0)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_rotated_key_is_replaced_in_every_row_next_to_running_writes(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using RuntimeHost<TestDbContext> host = new(database.Use, new EphemeralDataProtectionProvider());
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 12; i++)
            keys.Add((await host.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), $"page-{i}")).Key!.Value);
        // In plain text by another hand, which the walk must repair while contacts and errors are written.
        foreach (var key in keys)
        {
            var stored = (await host.Store.FindAsync(key, Ct))!;
            await host.Store.ReplaceSealedAsync(key, new SealedReplacement
            {
                TokenVersion = stored.Connection.TokenVersion, ConfigurationVersion = stored.Connection.ConfigurationVersion,
                AuthToken = "EAABplain", RefreshToken = stored.Record.RefreshToken, Details = """{"page_access_token":"EAABplain"}""",
            }, Ct);
        }

        var writes = Task.WhenAll(keys.Select(async key =>
        {
            for (var i = 0; i < 5; i++)
                await host.Get<IContactStore>().TouchAsync(key, $"psid-{i}", DateTime.UnixEpoch, Ct);
            await host.Store.RecordFailureAsync(key, "Transient: down", Ct);
        }));
        var done = await host.Get<ISecretMaintenance>().ResealAsync(new ResealOptions { BatchSize = 5 }, ct: Ct);
        await writes;

        Assert.Equal((12, 12, 12, 0, 0), (done.Examined, done.Resealed, done.WerePlain, done.Unreadable, done.Skipped));
        foreach (var key in keys)
        {
            var record = (await host.Store.FindAsync(key, Ct))!.Record;
            Assert.Equal((5, 1), (record.UserCount, record.ErrorCount));
            Assert.DoesNotContain("EAABplain", record.AuthToken + record.Details, StringComparison.Ordinal);
            Assert.Equal("EAABplain", (await host.Get<IIntegrationTokens>().GetAsync(key, Ct)).Token.Reveal());
        }
    }

    /// <summary>jsonb keeps meaning, not bytes; it has no place for the character NUL, which is said so.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Details_of_any_shape_come_back_as_they_were(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using RuntimeHost<TestDbContext> host = new(database.Use, new EphemeralDataProtectionProvider());
        var texts = Gen.String[Gen.Char.Where(c => c != 0 && !char.IsSurrogate(c)), 0, 8];
        var values = Gen.Recursive<JsonNode?>((depth, inner) => depth > 2
            ? texts.Select(t => (JsonNode?)JsonValue.Create(t))
            : Gen.OneOf(
                texts.Select(t => (JsonNode?)JsonValue.Create(t)),
                Gen.Int.Select(n => (JsonNode?)JsonNode.Parse($"{n}.50")),
                Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
                inner.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())]))));
        await Gen.Select(texts.Select(t => "x" + t), values).Array[0, 5].SampleAsync(
            async properties =>
            {
                var details = new JsonObject { ["page_access_token"] = "EAABsecret" };
                foreach (var (name, value) in properties)
                    details[name] = value?.DeepClone();
                var (client, chat) = (Guid.CreateVersion7(), Guid.CreateVersion7());
                var deployed = await DeployAsync(details.ToJsonString());
                var key = deployed.Channels[0].Key!.Value;
                var record = (await host.Store.FindAsync(key, Ct))!.Record;
                Assert.DoesNotContain("EAABsecret", record.Details, StringComparison.Ordinal);
                var view = (await host.Get<IIntegrationReader>().FindAsync(key, Ct))!;
                Assert.Equal(CredentialHealth.Readable, view.Credentials);
                // The form as it was shown, saved again, changes nothing.
                await DeployAsync(view.Details.ToJsonString());
                Assert.Equal(view.Version, (await host.Get<IIntegrationReader>().FindAsync(key, Ct))!.Version);
                details["page_access_token"] = IntegrationView.MaskedSecret;
                Assert.True(JsonNode.DeepEquals(details, view.Details), $"{details.ToJsonString()} came back as {view.Details.ToJsonString()}");

                Task<DeploymentResult> DeployAsync(string json) => host.Get<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
                {
                    ClientId = client, ChatId = chat, Channels = [new ChannelDeployment { Type = IntegrationType.Facebook, Details = json }],
                }, Ct);
            },
            iter: 25, threads: 1);
    }
}
