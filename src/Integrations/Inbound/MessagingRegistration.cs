using Microsoft.Extensions.DependencyInjection;

namespace Integrations;

/// <summary>Registers what receives, handles and sends messages.</summary>
internal static class MessagingRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services) => services;
}
