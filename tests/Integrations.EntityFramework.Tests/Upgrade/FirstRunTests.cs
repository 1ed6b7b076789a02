using Integrations.EntityFramework.Tests.Schema;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework.Tests.Upgrade;

/// <summary>The first start of a host after the upgrade.</summary>
public sealed class FirstRunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The keys outlive a host, as they must.</summary>
    private readonly EphemeralDataProtectionProvider _keys = new();

    private IHost Host(string database)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContextFactory<UpgradeDb>(options => options.UseNpgsql(database));
        builder.Services.AddIntegrations(o => o.PublicBaseUri = new Uri("https://app.example"))
            .AddFacebook(o => (o.AppId, o.AppSecret, o.VerifyToken) = ("1", "secret", "verify"))
            .AddInstagram(o => (o.AppId, o.AppSecret, o.VerifyToken) = ("2", "secret", "verify"))
            .AddEntityFrameworkStore<UpgradeDb>();
        builder.Services.AddSingleton<IDataProtectionProvider>(_keys);
        return builder.Build();
    }

    /// <summary>Waits for the end of the sweep that a host's start begins.</summary>
    private static async Task StartAndSweepAsync(IHost host)
    {
        await host.StartAsync(Ct);
        var sweep = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single(service => service.GetType().Name == "PlainSecretSweep");
        await sweep.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60), Ct);
    }

    [Fact]
    public async Task Tokens_in_the_details_are_sealed_in_place_and_everything_else_stays()
    {
        var database = await OldTable.CreateAsync();
        await PostgreSqlSchema.ExecuteAsync(database, ScriptTests.Script("upgrade.sql"));
        using (var host = Host(database))
        {
            await StartAndSweepAsync(host);
            var protector = host.Services.GetRequiredService<ISecretProtector>();
            foreach (var (id, property, token) in (List<(Guid, string, string)>)
                [(OldTable.Facebook, "page_access_token", "EAABplain"), (OldTable.Instagram, "access_token", "EAABinsta")])
            {
                var text = Assert.Single(await PostgreSqlSchema.QueryAsync(
                    database, $"SELECT integration_details ->> '{property}' FROM integrations WHERE integration_id = '{id}'", row => row.GetString(0)));
                Assert.True(protector.TryUnprotect(text, new SecretScope(new IntegrationKey(OldTable.Client, id), "details." + property), out var secret));
                Assert.Equal(token, secret.Reveal());
            }

            await host.StopAsync(Ct);
        }

        Assert.DoesNotContain(await DetailsAsync(database), details => details.Contains("EAAB", StringComparison.Ordinal));
        Assert.Equal(["My Page|[1, 2]"], await PostgreSqlSchema.QueryAsync(
            database, "SELECT integration_details ->> 'page_name' || '|' || (integration_details #>> '{future,kept}') FROM integrations WHERE integration_type = 'facebook'",
            row => row.GetString(0)));
        // Again: what is sealed is not sealed once more.
        var first = await DetailsAsync(database);
        using var second = Host(database);
        await StartAndSweepAsync(second);
        Assert.Equal(first, await DetailsAsync(database));
        await second.StopAsync(Ct);
    }

    private static Task<List<string>> DetailsAsync(string database) => PostgreSqlSchema.QueryAsync(
        database, "SELECT integration_details::text FROM integrations ORDER BY integration_id", row => row.GetString(0));
}
