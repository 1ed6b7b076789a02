using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Instagram.Tests;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData(InstagramLoginRoute.FacebookLogin, new[] { "AppId", "AppSecret", "VerifyToken" })]
    [InlineData(InstagramLoginRoute.InstagramLogin, new[] { "InstagramAppId", "InstagramAppSecret", "VerifyToken" })]
    [InlineData((InstagramLoginRoute)7, new[] { "LoginRoute", "VerifyToken" })]
    public async Task A_host_does_not_start_without_what_its_route_needs(InstagramLoginRoute route, string[] settings)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(builder => builder.AddInstagram(o => o.LoginRoute = route)));
        Assert.Equal(settings.Select(name => $"Integrations:Instagram:{name}"), failure.Failures.Select(text => text.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wrong_addresses_are_named()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(builder => builder.AddInstagram(o =>
        {
            Valid(o);
            o.InstagramGraphBaseUri = new Uri("http://graph.instagram.com");
            o.InstagramApiBaseUri = new Uri("https://api.instagram.com?x=1");
        })));
        Assert.Equal(["Integrations:Instagram:InstagramApiBaseUri", "Integrations:Instagram:InstagramGraphBaseUri"], failure.Failures.Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public void Adding_it_twice_adds_it_once()
    {
        var once = new ServiceCollection();
        new IntegrationsBuilder(once).AddInstagram();
        var twice = new ServiceCollection();
        new IntegrationsBuilder(twice).AddInstagram().AddInstagram();
        Assert.Equal(once.Count, twice.Count);
    }

    [Theory]
    [InlineData("facebook", "meta", "instagram")]
    [InlineData("facebook", "insta", "instagram")]
    [InlineData("instagram", "meta", null)]
    [InlineData("instagram", "insta", null)]
    public async Task A_webhook_of_instagram_arrives_at_facebooks_address_and_at_its_own_with_either_secret(string at, string secret, string? type)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new IntegrationsBuilder(services).AddFacebook(o => (o.AppId, o.AppSecret, o.VerifyToken) = ("1", "meta", "v")).AddInstagram(Valid);
        await using var provider = services.BuildServiceProvider();
        var receiver = (IWebhookReceiver)provider.GetServices<IIntegrationProvider>().Single(found => found.Descriptor.Type.Value == at);
        const string body = """{"object":"instagram","entry":[{"id":"17841","messaging":[{"sender":{"id":"7"},"recipient":{"id":"17841"},"message":{"mid":"m","text":"hi"}}]}]}""";
        var result = await receiver.ReceiveAsync(
            new WebhookRequest
            {
                Method = "POST",
                PublicUri = new Uri("https://chat.example.com/webhook"),
                Headers = new Dictionary<string, string>
                {
                    ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))),
                },
                Query = new Dictionary<string, string>(),
                Body = Encoding.UTF8.GetBytes(body),
            },
            InstagramHarness.Ct);
        Assert.Equal((WebhookVerdict.Accepted, type, "17841"), (result.Verdict, result.Type?.Value, Assert.Single(result.Events).AccountId));
    }

    private static void Valid(InstagramOptions options)
    {
        options.LoginRoute = InstagramLoginRoute.InstagramLogin;
        options.InstagramAppId = "2";
        options.InstagramAppSecret = "insta";
        options.VerifyToken = "v";
    }

    private static async Task StartAsync(Action<IntegrationsBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        add(new IntegrationsBuilder(builder.Services));
        using var host = builder.Build();
        await host.StartAsync(InstagramHarness.Ct);
    }
}
