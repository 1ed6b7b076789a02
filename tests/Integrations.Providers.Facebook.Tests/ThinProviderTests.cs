using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.Facebook.Tests;

public sealed class ThinProviderTests
{
    private const string InstagramSeed = """
        {
          "account_id": "123456789012345",
          "account_name": "mybusiness",
          "access_token": "EAABc...",
          "scopes": [
            "instagram_basic",
            "instagram_manage_messages",
            // "instagram_manage_comments"
          ],
          "welcome_message": "Thanks for reaching out! How can I assist you?",
          "auto_response": true,
          "notification_email": "user@example.com"
        }
        """;

    private readonly IIntegrationProvider _instagram = Provider(builder => builder.AddInstagram());
    private readonly IIntegrationProvider _widget = Provider(builder => builder.AddChatWidget());

    [Fact]
    public async Task Instagrams_document_of_the_specification_is_valid_as_it_stands()
    {
        var result = await _instagram.ValidateDetailsAsync(new DetailsValidationContext { Json = InstagramSeed, IsConnected = true }, FacebookHarness.Ct);
        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Details["scopes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Instagrams_own_properties_have_their_rules()
    {
        var result = await _instagram.ValidateDetailsAsync(
            new DetailsValidationContext { Json = """{"account_id":"x","access_token":"a b"}""", IsConnected = true }, FacebookHarness.Ct);
        Assert.Equal(["$.account_id", "$.access_token", "$.account_name"], result.Errors.Select(error => error.Path));
    }

    [Fact]
    public async Task Instagram_says_honestly_that_it_is_not_complete()
    {
        Assert.Equal(IntegrationAvailability.ComingSoon, _instagram.Descriptor.Availability);
        Assert.False(_instagram is IMessageSender or IWebhookReceiver or IChannelActivator);
        var exchange = await _instagram.ExchangeCodeAsync(new CodeExchangeContext { Code = new Secret("c"), RedirectUri = new Uri("https://x.example") }, FacebookHarness.Ct);
        Assert.Equal(ProviderErrorKind.NotAvailable, exchange.Error!.Kind);
        var authorize = await Assert.ThrowsAsync<IntegrationException>(() => _instagram.AuthorizeAsync(
            new AuthorizeContext { State = new Secret("s"), RedirectUri = new Uri("https://x.example"), Scopes = [] }, FacebookHarness.Ct));
        Assert.Equal((IntegrationErrorKind.NotAvailable, IntegrationType.Instagram), (authorize.Kind, authorize.Type!.Value));
    }

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
        new IntegrationsBuilder(services).AddInstagram().AddInstagram().AddChatWidget().AddChatWidget();
        Assert.Equal(2, services.Count);
    }

    private static IIntegrationProvider Provider(Action<IntegrationsBuilder> add)
    {
        var services = new ServiceCollection();
        add(new IntegrationsBuilder(services));
        return services.BuildServiceProvider().GetRequiredService<IIntegrationProvider>();
    }
}
