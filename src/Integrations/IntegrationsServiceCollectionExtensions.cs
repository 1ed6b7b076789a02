using Integrations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Integrations runtime to a host.</summary>
public static class IntegrationsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the runtime and returns the builder that provider and store packages extend. Without a store package, integrations
    /// and messages live in memory and are gone after a restart. Safe to call twice.
    /// </summary>
    /// <remarks>
    /// Settings come from code here, from <c>services.Configure&lt;IntegrationsOptions&gt;(configuration.GetSection("Integrations"))</c>,
    /// or both; they are checked when the host starts. Secrets are sealed with ASP.NET Data Protection: keep its key ring where all
    /// hosts and all restarts find it, or register an <see cref="ISecretProtector"/> before this call.
    /// </remarks>
    public static IntegrationsBuilder AddIntegrations(this IServiceCollection services, Action<IntegrationsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.Configure(configure);
        // Some registrations below, of other libraries, add something each time they are called.
        if (services.Any(d => d.ServiceType == typeof(ProviderRegistry)))
            return new IntegrationsBuilder(services);
        services.AddLogging();
        services.AddHttpClient();
        services.AddDataProtection();
        services.AddOptions<IntegrationsOptions>().ValidateOnStart();
        services.AddOptions<ProviderSetup>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntegrationsOptions>, IntegrationsOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProviderSetup>, ProviderSetupValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IntegrationAddresses>();
        AddMemoryStores(services);
        AddFoundation(services);
        AddFlows(services);
        services.AddTokens();
        services.AddMessaging();
        services.AddMaintenance();
        services.AddDiagnosis();
        services.AddOwnerNotices();
        return new IntegrationsBuilder(services);
    }

    private static void AddMemoryStores(IServiceCollection services)
    {
        services.TryAddSingleton<InMemoryIntegrationStore>();
        services.TryAddSingleton<IInMemoryCounters>(s => s.GetRequiredService<InMemoryIntegrationStore>());
        services.TryAddSingleton<IEventOutbox>(s => s.GetRequiredService<InMemoryIntegrationStore>());
        services.TryAddSingleton<IIntegrationStore>(s => s.GetRequiredService<InMemoryIntegrationStore>());
        services.TryAddSingleton<IAuthorizationStore, InMemoryAuthorizationStore>();
        services.TryAddSingleton<IContactStore, InMemoryContactStore>();
        services.TryAddSingleton<IMessageInbox, InMemoryMessageInbox>();
        services.TryAddSingleton<IConversationStore, InMemoryConversationStore>();
        services.TryAddSingleton<IDeletionStore, InMemoryDeletionStore>();
        services.AddHostedService<StoreCompleteness>();
    }

    private static void AddFoundation(IServiceCollection services)
    {
        services.TryAddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.TryAddSingleton<DetailsSealer>();
        services.TryAddSingleton<ConnectionOpener>();
        services.AddEventOutbox();
        services.TryAddSingleton<ProviderRegistry>();
        services.TryAddSingleton<ProviderCall>();
    }

    private static void AddFlows(IServiceCollection services)
    {
        services.TryAddSingleton<IIntegrationCatalog, IntegrationCatalog>();
        services.TryAddSingleton<AuthorizationKeeper>();
        services.TryAddSingleton<ConnectEnd>();
        services.TryAddSingleton<ConnectStarter>();
        services.TryAddSingleton<CallbackCompleter>();
        services.TryAddSingleton<TakenAccounts>();
        services.TryAddSingleton<AccountOffer>();
        services.TryAddSingleton<AccountChooser>();
        services.TryAddSingleton<AccountConnector>();
        services.TryAddSingleton<CredentialConnector>();
        services.TryAddSingleton<ConnectionWriter>();
        services.TryAddSingleton<Disconnector>();
        services.TryAddSingleton<ChannelSwitch>();
        services.TryAddSingleton<IIntegrationConnector, IntegrationConnector>();
        services.TryAddSingleton<ChannelPlanner>();
        services.TryAddSingleton<ChannelActivation>();
        services.TryAddSingleton<IIntegrationDeployer, IntegrationDeployer>();
        services.TryAddSingleton<IntegrationReader>();
        services.TryAddSingleton<IIntegrationReader>(s => s.GetRequiredService<IntegrationReader>());
        services.TryAddSingleton<IPlatformNoticeIntake, PlatformNoticeIntake>();
    }
}
