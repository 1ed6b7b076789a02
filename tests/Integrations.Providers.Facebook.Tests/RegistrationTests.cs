using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integrations.Providers.Facebook.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_host_without_the_apps_secret_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(builder => builder.AddFacebook(o =>
        {
            o.AppId = "900100";
            o.VerifyToken = "v";
        })));
        Assert.StartsWith("Integrations:Facebook:AppSecret ", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LoginConfigurationId", "abc")]
    [InlineData("GraphVersion", "latest")]
    [InlineData("GraphBaseUri", "http://graph.facebook.com")]
    [InlineData("OptionalScopes:0", "Pages Read")]
    [InlineData("SubscribedFields:0", "messages,feed")]
    public async Task A_wrong_setting_is_named(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(builder => builder.AddFacebook(), (name, value)));
        Assert.StartsWith("Integrations:Facebook:" + name.Split(':')[0], Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 20)]
    [InlineData(45, 45)]
    public async Task A_refresh_takes_as_long_as_its_calls_may_and_shorter_calls_leave_it_time_for_several(int calls, int refresh)
    {
        using var host = await StartAsync(
            builder => builder.AddFacebook(), ("RequestTimeout", $"00:00:{calls:00}"), ("ConnectTimeout", "00:00:02"));
        Assert.Equal(TimeSpan.FromSeconds(refresh), host.Services.GetRequiredService<IIntegrationProvider>().Descriptor.Refresh.RequestTimeout);
        await host.StopAsync(FacebookHarness.Ct);
    }

    [Fact]
    public async Task All_settings_bind_from_configuration()
    {
        using var host = await StartAsync(
            builder => builder.AddFacebook(),
            ("AppSecrets:0", "older"), ("GraphBaseUri", "http://127.0.0.1:5000"), ("DialogBaseUri", "http://127.0.0.1:5001"), ("GraphVersion", "v25.0"),
            ("LoginConfigurationId", "4711"), ("UsePkce", "true"), ("RequestTimeout", "00:00:10"), ("OptionalScopes:0", "pages_read_engagement"));
        var options = host.Services.GetRequiredService<IOptions<FacebookOptions>>().Value;
        Assert.Equal(("900100", "secret", "v", "older"), (options.AppId, options.AppSecret, options.VerifyToken, Assert.Single(options.AppSecrets)));
        Assert.Equal((new Uri("http://127.0.0.1:5000"), "v25.0", "4711", true, TimeSpan.FromSeconds(10)),
            (options.GraphBaseUri, options.GraphVersion, options.LoginConfigurationId, options.UsePkce, options.RequestTimeout));
        var descriptor = host.Services.GetRequiredService<IIntegrationProvider>().Descriptor;
        Assert.Equal(["pages_read_engagement"], descriptor.OptionalScopes);
        await host.StopAsync(FacebookHarness.Ct);
    }

    [Fact]
    public void The_descriptor_promises_what_the_platform_documents()
    {
        using var facebook = new FacebookHarness();
        var descriptor = facebook.Provider.Descriptor;
        Assert.Equal((IntegrationType.Facebook, IntegrationAvailability.Available, AuthorizationKind.OAuth2), (descriptor.Type, descriptor.Availability, descriptor.Authorization));
        Assert.Equal(["pages_messaging", "pages_manage_metadata", "pages_show_list"], descriptor.RequiredScopes);
        Assert.Equal(["www.facebook.com"], descriptor.AuthorizationHosts);
        Assert.Equal(["page_access_token"], descriptor.SecretDetails);
        Assert.InRange(descriptor.Messaging.MaxTextLength, 1_900, 1_999); // "less than 2000 characters"
        Assert.Equal((13, 3, TimeSpan.FromHours(24), TimeSpan.FromDays(7), true), (descriptor.Messaging.MaxQuickReplies, descriptor.Messaging.MaxButtons,
            descriptor.Messaging.ReplyWindow!.Value, descriptor.Messaging.HumanAgentWindow!.Value, descriptor.Messaging.HasEchoes));
        Assert.Equal((RefreshMode.ReexchangeToken, RefreshTokenRotation.Reusable, false), (descriptor.Refresh.Mode, descriptor.Refresh.Rotation, descriptor.Refresh.CanRefreshAfterExpiry));
        Assert.Same(descriptor, facebook.Provider.Descriptor);
    }

    [Fact]
    public void Adding_it_twice_adds_it_once()
    {
        var once = new ServiceCollection();
        new IntegrationsBuilder(once).AddFacebook();
        var twice = new ServiceCollection();
        new IntegrationsBuilder(twice).AddFacebook().AddFacebook();
        Assert.Equal(once.Count, twice.Count);
    }

    [Fact]
    public void The_http_client_follows_no_redirect_and_logs_no_address()
    {
        var services = new ServiceCollection();
        new IntegrationsBuilder(services).AddFacebook(o =>
        {
            o.AppId = "1";
            o.AppSecret = "s";
            o.VerifyToken = "v";
        });
        using var provider = services.BuildServiceProvider();
        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("Integrations.Facebook");
        var kinds = new List<string>();
        while (handler is DelegatingHandler outer)
        {
            kinds.Add(outer.GetType().Name);
            handler = outer.InnerHandler!;
        }
        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.False(sockets.AllowAutoRedirect);
        Assert.False(sockets.UseCookies);
        Assert.Equal(TimeSpan.FromSeconds(5), sockets.ConnectTimeout);
        Assert.DoesNotContain(kinds, kind => kind.Contains("Logging", StringComparison.Ordinal));
    }

    private static async Task<IHost> StartAsync(Action<IntegrationsBuilder> add, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (settings.Length > 0)
        {
            builder.Configuration.AddInMemoryCollection(
                [new("F:AppId", "900100"), new("F:AppSecret", "secret"), new("F:VerifyToken", "v"), .. settings.Select(s => KeyValuePair.Create("F:" + s.Name, (string?)s.Value))]);
            builder.Services.Configure<FacebookOptions>(builder.Configuration.GetSection("F"));
        }
        add(new IntegrationsBuilder(builder.Services));
        var host = builder.Build();
        await host.StartAsync(FacebookHarness.Ct);
        return host;
    }
}
