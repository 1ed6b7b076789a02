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
        Stores = new StoreSet
        {
            Integrations = _services.GetRequiredService<IIntegrationStore>(),
            Authorizations = _services.GetRequiredService<IAuthorizationStore>(),
            Contacts = _services.GetRequiredService<IContactStore>(),
            Deletions = _services.GetRequiredService<IDeletionStore>(),
            Inbox = _services.GetRequiredService<IMessageInbox>(),
            Conversations = _services.GetRequiredService<IConversationStore>(),
            Events = _services.GetRequiredService<IEventOutbox>(),
        };
    }

    public StoreSet Stores { get; }

    public IServiceProvider Services => _services;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
