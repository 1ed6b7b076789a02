using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what looks after stored secrets and stored data.</summary>
internal static class MaintenanceRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.TryAddSingleton<SecretResealer>();
        services.TryAddSingleton<ISecretMaintenance, SecretMaintenance>();
        services.TryAddSingleton<MessageEraser>();
        services.TryAddSingleton<ClientExport>();
        services.TryAddSingleton<IIntegrationData, IntegrationData>();
        services.TryAddSingleton<DataEraser>();
        services.TryAddSingleton<DeletionRunner>();
        AddWorker<DeletionWorker>(services);
        AddWorker<PlainSecretSweep>(services);
        AddWorker<RetentionSweep>(services);
        return services;
    }

    private static void AddWorker<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorker>(IServiceCollection services)
        where TWorker : class, IHostedService
    {
        services.TryAddSingleton<TWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TWorker>(s => s.GetRequiredService<TWorker>()));
    }
}
