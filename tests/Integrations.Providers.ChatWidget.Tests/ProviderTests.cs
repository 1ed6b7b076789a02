using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ProviderTests
{
    private readonly ChatWidgetProvider _widget = new(Substitute.For<IConversationStore>(), Substitute.For<IWidgetBackplane>(), TimeProvider.System);

    [Fact]
    public async Task The_widget_needs_no_authorization()
    {
        Assert.Equal((AuthorizationKind.None, IntegrationAvailability.Available), (_widget.Descriptor.Authorization, _widget.Descriptor.Availability));
        var connection = new ConnectionContext { Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()), AccountId = "a" };
        var refresh = await _widget.RefreshAsync(new RefreshContext { Connection = connection }, WidgetHost.Ct);
        Assert.Equal(ProviderErrorKind.NotAvailable, refresh.Error!.Kind);
    }

    [Fact]
    public void Adding_it_twice_adds_it_once()
    {
        var services = new ServiceCollection();
        new IntegrationsBuilder(services).AddChatWidget().AddChatWidget();
        Assert.Single(services);
    }
}
