using Integrations.Notifications.Email;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds e-mails to owners.</summary>
public static class EmailIntegrationsBuilderExtensions
{
    /// <summary>
    /// Tells owners by e-mail, at the <c>notification_email</c> of their integration. The host refuses to start without <c>Host</c>
    /// and <c>From</c>. Safe to call twice. To bind a configuration section, add
    /// <c>services.Configure&lt;EmailNotificationOptions&gt;(configuration.GetSection("Integrations:Email"))</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets server, login and sender. Null if configuration does.</param>
    public static IntegrationsBuilder AddEmailNotifications(this IntegrationsBuilder builder, Action<EmailNotificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EmailNotificationOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailNotificationOptions>, EmailNotificationOptionsValidator>());
        return builder.AddOwnerNotifier<EmailOwnerNotifier>();
    }
}
