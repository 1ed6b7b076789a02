using Integrations.Providers.ChatWidget;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the website chat widget.</summary>
public static class ChatWidgetIntegrationsBuilderExtensions
{
    /// <summary>Adds the website chat widget. In this version it can be configured and deployed; it carries no messages yet. Safe to call twice.</summary>
    public static IntegrationsBuilder AddChatWidget(this IntegrationsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProvider<ChatWidgetProvider>();
    }
}
