using Integrations.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests;

/// <summary>One host's services.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public StoreHost(Action<IntegrationsBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(new IntegrationsBuilder(services));
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Stores = StoreSet.From(_services);
    }

    public StoreSet Stores { get; }

    public IServiceProvider Services => _services;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
