using System.Diagnostics.CodeAnalysis;
using Integrations;
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

    /// <summary>
    /// Lets visitors of the chat widget send files, kept in a folder of this host: of checked types, with a quota, erased with their
    /// contact. Needs the chat widget. Does nothing if an <see cref="IWidgetUploads"/> is registered; safe to call twice.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="folder">Where to keep them: shared by all hosts, and outside of what a web server serves.</param>
    /// <param name="configure">Changes limits.</param>
    public static IntegrationsBuilder AddWidgetUploads(this IntegrationsBuilder builder, string folder, Action<WidgetUploadOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        builder.Services.Configure<WidgetUploadOptions>(options =>
        {
            options.Folder = folder;
            configure?.Invoke(options);
        });
        builder.Services.TryAddSingleton<LocalUploads>();
        builder.Services.TryAddSingleton<IWidgetUploads>(s => s.GetRequiredService<LocalUploads>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IContactFiles, LocalUploads>(s => s.GetRequiredService<LocalUploads>()));
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
