using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.Facebook.Tests;

public sealed class ThinProviderTests
{
    private readonly IIntegrationProvider _widget = Provider(builder => builder.AddChatWidget());

    [Fact]
    public async Task The_widget_needs_no_authorization()
    {
        Assert.Equal((AuthorizationKind.None, IntegrationAvailability.Available), (_widget.Descriptor.Authorization, _widget.Descriptor.Availability));
        var refresh = await _widget.RefreshAsync(new RefreshContext { Connection = FacebookHarness.Connection() }, FacebookHarness.Ct);
        Assert.Equal(ProviderErrorKind.NotAvailable, refresh.Error!.Kind);
    }

    [Fact]
    public void Adding_one_twice_adds_it_once()
    {
        var services = new ServiceCollection();
        new IntegrationsBuilder(services).AddChatWidget().AddChatWidget();
        Assert.Single(services);
    }

    private static IIntegrationProvider Provider(Action<IntegrationsBuilder> add)
    {
        var services = new ServiceCollection();
        add(new IntegrationsBuilder(services));
        return services.BuildServiceProvider().GetRequiredService<IIntegrationProvider>();
    }
}
