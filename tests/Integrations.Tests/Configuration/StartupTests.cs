using Integrations.Tests.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Integrations.Tests.Configuration;

/// <summary>A host with a wrong setting does not start, and says which.</summary>
public sealed class StartupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Adding_twice_registers_nothing_twice()
    {
        var services = new ServiceCollection();
        services.AddIntegrations();
        var once = services.Count;

        services.AddIntegrations();

        Assert.Equal(once, services.Count);
    }

    [Fact]
    public async Task Adding_twice_applies_both_settings()
    {
        var services = new ServiceCollection();
        services.AddIntegrations(o => o.MaxAttempts = 3);
        services.AddIntegrations(o => o.MaxParallelLanes = 4);
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<IntegrationsOptions>>().Value;

        Assert.Equal((3, 4), (options.MaxAttempts, options.MaxParallelLanes));
    }

    [Fact]
    public void Services_of_the_host_registered_before_are_kept()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IIntegrationStore, InterferingStore>();

        services.AddIntegrations();

        Assert.Equal(typeof(InterferingStore), Assert.Single(services, d => d.ServiceType == typeof(IIntegrationStore)).ImplementationType);
    }

    [Fact]
    public async Task Settings_bind_from_configuration()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Integrations:PublicBaseUri"] = "https://chat.example.com/base",
            ["Integrations:PathPrefix"] = "/channels",
            ["Integrations:AuthorizationLifetime"] = "00:05:00",
            ["Integrations:AccountClaimPolicy"] = "Transfer",
            ["Integrations:RunWorkers"] = "false",
        });
        builder.Services.Configure<IntegrationsOptions>(builder.Configuration.GetSection("Integrations"));
        builder.Services.AddIntegrations();
        using var host = builder.Build();
        await host.StartAsync(Ct);

        var options = host.Services.GetRequiredService<IOptions<IntegrationsOptions>>().Value;
        var addresses = host.Services.GetRequiredService<IntegrationAddresses>();

        Assert.Equal((TimeSpan.FromMinutes(5), AccountClaimPolicy.Transfer, false), (options.AuthorizationLifetime, options.AccountClaimPolicy, options.RunWorkers));
        Assert.Equal("https://chat.example.com/base/channels/facebook/callback", addresses.Callback(IntegrationType.Facebook).AbsoluteUri);
        await host.StopAsync(Ct);
    }

    [Theory]
    [InlineData("PublicBaseUri", "http://chat.example.com")]
    [InlineData("PublicBaseUri", "ftp://chat.example.com")]
    [InlineData("PublicBaseUri", "chat.example.com/x")]
    [InlineData("PublicBaseUri", "https://chat.example.com/?a=b")]
    [InlineData("PublicBaseUri", "https://user@chat.example.com/")]
    [InlineData("PathPrefix", "integrations")]
    [InlineData("PathPrefix", "/")]
    [InlineData("PathPrefix", "/integrations/")]
    [InlineData("PathPrefix", "/in//tegrations")]
    [InlineData("PathPrefix", "/{tenant}")]
    [InlineData("AuthorizationLifetime", "00:00:00")]
    [InlineData("RefreshLease", "-00:00:01")]
    [InlineData("LaneLease", "00:00:00")]
    [InlineData("EchoTimeout", "00:00:00")]
    [InlineData("MaxPendingAuthorizations", "0")]
    [InlineData("MaxParallelLanes", "0")]
    [InlineData("MaxAttempts", "-1")]
    [InlineData("DiagnosisReuse", "-00:00:01")]
    [InlineData("AccountClaimPolicy", "7")]
    public async Task Wrong_setting_stops_the_host_with_its_name(string setting, string value)
    {
        using var host = Build(new Dictionary<string, string?> { [$"Integrations:{setting}"] = value });

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains($"Integrations:{setting}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("https://chat.example.com")]
    public async Task Https_and_loopback_http_addresses_are_taken(string address)
    {
        using var host = Build(new Dictionary<string, string?> { ["Integrations:PublicBaseUri"] = address });

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once()
    {
        using var host = Build(new Dictionary<string, string?> { ["Integrations:MaxAttempts"] = "0", ["Integrations:PathPrefix"] = "x" });

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Equal(2, refusal.Failures.Count());
    }

    [Fact]
    public async Task Refresh_lease_must_be_longer_than_the_request_timeout_of_every_provider()
    {
        var slow = new TestPlatform(refresh: new RefreshPolicy { Mode = RefreshMode.RefreshToken, RequestTimeout = TimeSpan.FromSeconds(60) });
        using var host = Build(new Dictionary<string, string?> { ["Integrations:PublicBaseUri"] = "https://chat.example.com" }, s => s.AddSingleton(slow.Provider));

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains("Integrations:RefreshLease", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("facebook", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_with_a_browser_platform_and_no_public_address_does_not_start()
    {
        using var host = Build([], s => s.AddSingleton(new TestPlatform().Provider));

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains("Integrations:PublicBaseUri is not set", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_with_two_providers_of_one_type_does_not_start()
    {
        using var host = Build([], s => s.AddIntegrations().AddProvider<CatalogTests.FirstProvider>().AddProvider<CatalogTests.SecondProvider>());

        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => host.StartAsync(Ct));

        Assert.Contains(nameof(CatalogTests.FirstProvider), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(CatalogTests.SecondProvider), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_whose_provider_promises_a_form_it_does_not_have_does_not_start()
    {
        var formless = (IIntegrationProvider)Substitute.For([typeof(IIntegrationProvider), typeof(IActivationProbe), typeof(IWebhookAccountReader)], []);
        formless.Descriptor.Returns(new IntegrationDescriptor { Type = IntegrationType.Telegram, DisplayName = "T", Authorization = AuthorizationKind.Credentials });
        using var host = Build([], s => s.AddSingleton(formless));

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains("Implement ICredentialForm", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Implement IChannelActivator", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Implement IWebhookReceiver", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_that_a_store_package_forgot_are_named_at_start()
    {
        var logs = new LogLines();
        using var host = Build([], s =>
        {
            logs.AddTo(s);
            s.AddSingleton(Substitute.For<IIntegrationStore>()).AddSingleton(Substitute.For<IMessageInbox>()).AddSingleton(Substitute.For<IContactStore>());
            s.AddSingleton(Substitute.For<IAuthorizationStore>()).AddSingleton(Substitute.For<IConversationStore>());
        });

        await host.StartAsync(Ct);

        Assert.Contains(logs.Lines, l => l.Contains("IEventOutbox, IDeletionStore are kept in memory", StringComparison.Ordinal));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_host_with_everything_in_memory_hears_it_once()
    {
        var logs = new LogLines();
        using var host = Build([], logs.AddTo);

        await host.StartAsync(Ct);

        Assert.Single(logs.Lines, l => l.Contains("kept in memory", StringComparison.Ordinal));
        await host.StopAsync(Ct);
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<IServiceCollection>? services = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.Configure<IntegrationsOptions>(builder.Configuration.GetSection("Integrations"));
        builder.Services.AddIntegrations();
        services?.Invoke(builder.Services);
        return builder.Build();
    }
}
