using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what finds out whether connections work.</summary>
internal static class DiagnoseRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookEcho>();
        services.TryAddSingleton<SelfCall>();
        services.TryAddSingleton<WebhookSelfCheck>();
        services.TryAddSingleton<WidgetSelfCheck>();
        services.TryAddSingleton<MessageChecks>();
        services.TryAddSingleton<ProviderChecks>();
        services.TryAddSingleton<ConnectionExaminer>();
        services.TryAddSingleton<IConnectionDoctor, ConnectionDoctor>();
        services.TryAddSingleton<IIntegrationHealth, IntegrationHealth>();
        services.TryAddSingleton<SubscriptionRestorer>();
        services.TryAddSingleton<SubscriptionReconciler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SubscriptionReconciler>(s => s.GetRequiredService<SubscriptionReconciler>()));
        services.AddHttpClient(SelfCall.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // the check has its own limit
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
            .RemoveAllLoggers(); // the question stands in the address
        return services;
    }
}
