using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integrations.EntityFramework.Tests.Runtime;

/// <summary>A host with the runtime on a database. Hosts with the same keys are one farm.</summary>
internal sealed class RuntimeHost<TContext> : IAsyncDisposable, IIntegrationEvents
    where TContext : DbContext
{
    private readonly ServiceProvider _services;

    public RuntimeHost(Action<DbContextOptionsBuilder> use, IDataProtectionProvider keys, AccountClaimPolicy policy = AccountClaimPolicy.Reject)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IIntegrationEvents>(this);
        services.AddDbContext<TContext>(use);
        services.AddIntegrations(o => (o.PublicBaseUri, o.AccountClaimPolicy) = (new Uri("https://host.example"), policy)).AddEntityFrameworkStore<TContext>();
        services.AddSingleton<IIntegrationProvider, FormProvider>();
        services.AddSingleton(keys);
        _services = services.BuildServiceProvider();
    }

    public ConcurrentQueue<IntegrationEvent> Events { get; } = new();

    /// <summary>Tells what the outbox holds: nothing does it in the background here.</summary>
    public Task TellAsync() => Get<EventDispatcher>().DispatchAsync(TestContext.Current.CancellationToken);

    public IIntegrationStore Store => Get<IIntegrationStore>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<ConnectResult> ConnectAsync(Guid clientId, Guid chatId, string account) =>
        Get<IIntegrationConnector>().ConnectWithCredentialsAsync(new CredentialConnectRequest
        {
            ClientId = clientId, ChatId = chatId, Type = IntegrationType.Facebook,
            Submission = new CredentialSubmission { Values = new Dictionary<string, Secret> { ["account"] = new(account) } },
        }, TestContext.Current.CancellationToken);

    /// <summary>Runs what a host runs once when it starts to seal what an older table left.</summary>
    public async Task SealOnStartAsync()
    {
        var sweep = (BackgroundService)_services.GetServices<IHostedService>().Single(s => s.GetType().Name == "PlainSecretSweep");
        await sweep.StartAsync(TestContext.Current.CancellationToken);
        await sweep.ExecuteTask!;
    }

    public Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        Events.Enqueue(integrationEvent);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
