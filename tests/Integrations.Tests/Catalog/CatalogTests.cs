using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests.Catalog;

public sealed class CatalogTests
{
    [Fact]
    public void Catalog_of_an_empty_host_lists_the_nine_types_of_the_product_and_promises_none()
    {
        using var services = Build();

        var catalog = services.GetRequiredService<IIntegrationCatalog>();

        Assert.Equal(["chat-widget", "facebook", "instagram", "x", "telegram", "linkedin", "email", "sms", "team"], catalog.Descriptors.Select(d => d.Type.Value));
        Assert.All(catalog.Descriptors.Take(3), d => Assert.Equal(IntegrationAvailability.NotInstalled, d.Availability));
        Assert.All(catalog.Descriptors.Skip(3), d => Assert.Equal(IntegrationAvailability.ComingSoon, d.Availability));
    }

    [Fact]
    public void Installed_provider_is_available_in_its_place_and_third_parties_follow()
    {
        using var services = Build(new TestPlatform("telegram"), new TestPlatform("pigeon-post"), new TestPlatform("facebook"));

        var catalog = services.GetRequiredService<IIntegrationCatalog>();

        Assert.Equal(["chat-widget", "facebook", "instagram", "x", "telegram", "linkedin", "email", "sms", "team", "pigeon-post"], catalog.Descriptors.Select(d => d.Type.Value));
        Assert.Equal(IntegrationAvailability.Available, catalog.Find(IntegrationType.Telegram)!.Availability);
        Assert.Equal("The telegram platform", catalog.Find(IntegrationType.Telegram)!.DisplayName);
        Assert.Null(catalog.Find(IntegrationType.Parse("owl")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Real_provider_replaces_the_planned_one_whatever_the_order_of_registration(bool providerFirst)
    {
        var platform = new TestPlatform("x");
        var collection = new ServiceCollection();
        if (providerFirst)
            collection.AddSingleton(platform.Provider);
        collection.AddIntegrations();
        if (!providerFirst)
            collection.AddSingleton(platform.Provider);
        using var services = collection.BuildServiceProvider();

        Assert.Same(platform.Provider, services.GetRequiredService<ProviderRegistry>().Get(IntegrationType.X));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("telegram")]
    [InlineData("linkedin")]
    [InlineData("email")]
    [InlineData("sms")]
    [InlineData("team")]
    public async Task Planned_provider_answers_every_operation_with_not_available(string type)
    {
        using var services = Build();
        var ct = TestContext.Current.CancellationToken;
        var provider = services.GetRequiredService<ProviderRegistry>().Get(IntegrationType.Parse(type));
        var connection = new ConnectionContext { Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()), AccountId = "a" };

        Assert.IsType<PlannedProvider>(provider);
        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => provider.AuthorizeAsync(
            new AuthorizeContext { State = new Secret("s"), RedirectUri = new Uri("https://host.example"), Scopes = [] }, ct));
        Assert.Equal(IntegrationErrorKind.NotAvailable, refusal.Kind);
        var exchange = await provider.ExchangeCodeAsync(new CodeExchangeContext { Code = new Secret("c"), RedirectUri = new Uri("https://host.example") }, ct);
        Assert.Equal(ProviderErrorKind.NotAvailable, exchange.Error?.Kind);
        Assert.Equal(ProviderErrorKind.NotAvailable, (await provider.RefreshAsync(new RefreshContext { Connection = connection }, ct)).Error?.Kind);
        Assert.Equal("not_available", Assert.Single((await provider.ValidateDetailsAsync(new DetailsValidationContext { Json = "{}" }, ct)).Errors).Code);
    }

    [Fact]
    public void Unknown_type_is_told_with_the_known_ones_and_a_missing_package_with_what_to_do()
    {
        using var services = Build();
        var registry = services.GetRequiredService<ProviderRegistry>();

        var unknown = Assert.Throws<IntegrationException>(() => registry.Get(IntegrationType.Parse("owl")));
        var missing = Assert.Throws<IntegrationException>(() => registry.Get(IntegrationType.Facebook));

        Assert.Equal(IntegrationErrorKind.NotFound, unknown.Kind);
        Assert.Contains("chat-widget, facebook, instagram", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(IntegrationErrorKind.NotAvailable, missing.Kind);
        Assert.Contains("Reference its provider package", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_providers_of_one_type_are_an_error_that_names_both_classes()
    {
        using var services = Build(new TestPlatform("facebook"));
        var first = new FirstProvider();
        var second = new SecondProvider();

        var error = Assert.Throws<IntegrationException>(() => new ProviderRegistry([first, second]));

        Assert.Equal(IntegrationErrorKind.Configuration, error.Kind);
        Assert.Contains(nameof(FirstProvider), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SecondProvider), error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params TestPlatform[] platforms)
    {
        var collection = new ServiceCollection();
        collection.AddIntegrations();
        foreach (var platform in platforms)
            collection.AddSingleton(platform.Provider);
        return collection.BuildServiceProvider();
    }

    internal class FirstProvider : IIntegrationProvider
    {
        private readonly IIntegrationProvider _inner = Substitute.For<IIntegrationProvider>();

        public IntegrationDescriptor Descriptor { get; } = new() { Type = IntegrationType.Facebook, DisplayName = "f", Authorization = AuthorizationKind.None };

        public Task<AuthorizationRequest> AuthorizeAsync(AuthorizeContext context, CancellationToken ct = default) => _inner.AuthorizeAsync(context, ct);

        public Task<TokenResult> ExchangeCodeAsync(CodeExchangeContext context, CancellationToken ct = default) => _inner.ExchangeCodeAsync(context, ct);

        public Task<TokenResult> RefreshAsync(RefreshContext context, CancellationToken ct = default) => _inner.RefreshAsync(context, ct);

        public Task<DetailsValidationResult> ValidateDetailsAsync(DetailsValidationContext context, CancellationToken ct = default) => _inner.ValidateDetailsAsync(context, ct);
    }

    internal sealed class SecondProvider : FirstProvider;
}
