using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what receives, handles and sends messages.</summary>
internal static class MessagingRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<ConnectionCensus>();
        services.TryAddSingleton<IntegrationsMetrics>();
        services.TryAddSingleton<IMessageInbox, InMemoryMessageInbox>();
        services.TryAddSingleton<IContactStore, InMemoryContactStore>();
        services.TryAddSingleton<MessageIds>();
        services.TryAddSingleton<WorkSignal>();
        services.TryAddSingleton<InboxWriter>();
        services.TryAddSingleton<OwnerDirectory>();
        services.TryAddSingleton<WebhookAccounts>();
        services.TryAddSingleton<IWebhookIntake, WebhookIntake>();
        services.TryAddSingleton<IWidgetBackplane, InProcessBackplane>();
        services.TryAddSingleton<IWidgetIntake, WidgetIntake>();
        services.TryAddSingleton<OutboundMessages>();
        services.TryAddSingleton<IIntegrationMessenger, IntegrationMessenger>();
        services.TryAddSingleton<MessageFailures>();
        services.TryAddSingleton<DeadLetters>();
        services.TryAddSingleton<AgentCaller>();
        services.TryAddSingleton<PolicyNotices>();
        services.TryAddSingleton<InboundProcessor>();
        services.TryAddSingleton<SendCall>();
        services.TryAddSingleton<ReconnectConfirmation>();
        services.TryAddSingleton<SendOutcomes>();
        services.TryAddSingleton<OutboundProcessor>();
        services.TryAddSingleton<LaneRunner>();
        AddWorker<LaneWorker>(services);
        AddWorker<UnknownSweep>(services);
        AddWorker<CensusTaker>(services);
        return services;
    }

    private static void AddWorker<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorker>(IServiceCollection services)
        where TWorker : class, IHostedService
    {
        services.TryAddSingleton<TWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TWorker>(s => s.GetRequiredService<TWorker>()));
    }
}
