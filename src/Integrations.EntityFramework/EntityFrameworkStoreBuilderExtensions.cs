using Integrations;
using Integrations.EntityFramework;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps integrations and messages in the host's own database.</summary>
public static class EntityFrameworkStoreBuilderExtensions
{
    /// <summary>
    /// Makes the host's context the store of integrations, pending connects, contacts, messages and events. The context maps the tables
    /// with <c>modelBuilder.UseIntegrations()</c>, or the host does not start; its migrations create them, and a host that starts without them says so. Safe to call twice; the last store added wins.
    /// </summary>
    /// <remarks>
    /// Register the context with <c>AddPooledDbContextFactory</c> or <c>AddDbContextFactory</c>; with <c>AddDbContext</c> alone
    /// it works too, slower. Every operation uses a context of its own: never the one of the current request, and never a
    /// transaction the host has open.
    /// </remarks>
    public static IntegrationsBuilder AddEntityFrameworkStore<TContext>(this IntegrationsBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddStores(provider => new HostContexts<TContext>(provider.GetRequiredService<IServiceScopeFactory>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SchemaCheck>(provider => new SchemaCheck(
            provider.GetRequiredService<IStoreContexts>(),
            provider.GetService<ILogger<SchemaCheck>>() ?? NullLogger<SchemaCheck>.Instance)));
        return builder;
    }

    /// <summary>Replaces what is registered, so that the order of calls does not matter.</summary>
    internal static void AddStores(this IServiceCollection services, Func<IServiceProvider, IStoreContexts> contexts)
    {
        services.Replace(ServiceDescriptor.Singleton(contexts));
        services.Replace(ServiceDescriptor.Singleton(provider => new StoreDatabase(
            provider.GetRequiredService<IStoreContexts>(),
            provider.GetService<ILogger<StoreDatabase>>() ?? NullLogger<StoreDatabase>.Instance)));
        services.Replace(ServiceDescriptor.Singleton<IIntegrationStore, EntityFrameworkIntegrationStore>());
        services.Replace(ServiceDescriptor.Singleton<IAuthorizationStore, EntityFrameworkAuthorizationStore>());
        services.Replace(ServiceDescriptor.Singleton<IContactStore, EntityFrameworkContactStore>());
        services.Replace(ServiceDescriptor.Singleton<IEventOutbox, EntityFrameworkEventOutbox>());
        services.Replace(ServiceDescriptor.Singleton<IDeletionStore, EntityFrameworkDeletionStore>());
        services.Replace(ServiceDescriptor.Singleton<IMessageInbox, EntityFrameworkMessageInbox>());
        services.Replace(ServiceDescriptor.Singleton<IConversationStore, EntityFrameworkConversationStore>());
    }
}
