using System.Diagnostics.CodeAnalysis;
using Integrations.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Settings of the endpoints that <c>app.MapIntegrations()</c> maps. None is needed for the defaults.</summary>
public static class IntegrationsEndpointBuilderExtensions
{
    /// <summary>Changes settings of the endpoints. Safe to call twice: later calls win setting by setting.</summary>
    public static IntegrationsBuilder AddEndpoints(this IntegrationsBuilder builder, Action<IntegrationsEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<IntegrationsEndpointOptions>();
        if (configure is not null)
            options.Configure(configure);
        // For the OpenAPI document of a host without reflection; the endpoints themselves do not use the host's JSON settings.
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            if (!json.SerializerOptions.TypeInfoResolverChain.Contains(IntegrationsJsonContext.Default))
                json.SerializerOptions.TypeInfoResolverChain.Add(IntegrationsJsonContext.Default);
        });
        return builder;
    }

    /// <summary>Sets who says who is asking, instead of claims. Resolved from the request's scope. The first registration wins.</summary>
    public static IntegrationsBuilder AddUserAccessor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAccessor>(
        this IntegrationsBuilder builder)
        where TAccessor : class, IIntegrationUserAccessor
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<IIntegrationUserAccessor, TAccessor>();
        return builder;
    }

    /// <summary>Sets who says whether a chat belongs to a client. Resolved from the request's scope. The first registration wins.</summary>
    public static IntegrationsBuilder AddChatGuard<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGuard>(
        this IntegrationsBuilder builder)
        where TGuard : class, IIntegrationChatGuard
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<IIntegrationChatGuard, TGuard>();
        return builder;
    }
}
