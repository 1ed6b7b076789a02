using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Integrations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// What <c>services.AddIntegrations()</c> returns. Provider and store packages extend it: <c>AddFacebook()</c>,
/// <c>AddSqliteStore()</c>. Every registration may be called twice without harm.
/// </summary>
public sealed class IntegrationsBuilder
{
    /// <summary>Wraps a service collection. Applications call <c>services.AddIntegrations()</c> instead.</summary>
    public IntegrationsBuilder(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Services = services;
    }

    /// <summary>The service collection, for packages that extend the SDK.</summary>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public IServiceCollection Services { get; }

    /// <summary>Adds a provider. Its descriptor's type replaces a "coming soon" entry of the catalog.</summary>
    public IntegrationsBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>()
        where TProvider : class, IIntegrationProvider
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IIntegrationProvider, TProvider>());
        return this;
    }

    /// <summary>Sets the agent that answers messages. Resolved in a scope of its own for each message. The first registration wins.</summary>
    public IntegrationsBuilder AddMessageHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IMessageHandler
    {
        Services.TryAddScoped<IMessageHandler, THandler>();
        return this;
    }

    /// <summary>Adds a listener to what happens to integrations. Several may be added.</summary>
    public IntegrationsBuilder AddEvents<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TEvents>()
        where TEvents : class, IIntegrationEvents
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IIntegrationEvents, TEvents>());
        return this;
    }

    /// <summary>Sets who is told that an agent is live. The first registration wins.</summary>
    public IntegrationsBuilder AddAgentStatusSink<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>()
        where TSink : class, IAgentStatusSink
    {
        Services.TryAddSingleton<IAgentStatusSink, TSink>();
        return this;
    }

    /// <summary>Sets how owners are told of trouble; without it, notices are logged. The first registration wins.</summary>
    public IntegrationsBuilder AddOwnerNotifier<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TNotifier>()
        where TNotifier : class, IOwnerNotifier
    {
        Services.TryAddSingleton<IOwnerNotifier, TNotifier>();
        return this;
    }
}
