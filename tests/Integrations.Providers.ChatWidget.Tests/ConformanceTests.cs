using Integrations.Testing;
using NSubstitute;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ChatWidgetConformanceFixture : ProviderFixture
{
    public override IIntegrationProvider Provider { get; } = new ChatWidgetProvider(Substitute.For<IConversationStore>(), Substitute.For<IWidgetBackplane>(), TimeProvider.System);

    public override string ConnectedDetails => """
        {
          "widget_position": "bottom-right", "widget_color": "#6366F1", "widget_title": "Chat with us",
          "widget_subtitle": "We usually respond in a few minutes", "widget_icon": "default", "custom_css": "",
          "auto_open": false, "auto_open_delay": 5000, "show_branding": true
        }
        """;
}

public sealed class ChatWidgetConformanceTests(ChatWidgetConformanceFixture fixture) : ProviderConformance<ChatWidgetConformanceFixture>(fixture);
