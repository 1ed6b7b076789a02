using Integrations.Providers.ChatWidget;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the website chat widget.</summary>
public static class ChatWidgetIntegrationsBuilderExtensions
{
    /// <summary>
    /// Adds the website chat widget: <c>app.MapIntegrations()</c> then serves its script and its conversations. Several hosts need a
    /// backplane package for answers to arrive at once; without one they arrive within seconds. Safe to call twice.
    /// </summary>
    public static IntegrationsBuilder AddChatWidget(this IntegrationsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProvider<ChatWidgetProvider>();
    }
}
