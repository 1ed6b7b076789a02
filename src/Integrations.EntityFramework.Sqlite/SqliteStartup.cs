using Integrations.EntityFramework.Sessions;
using Microsoft.Extensions.Hosting;

namespace Integrations.EntityFramework.Sqlite;

/// <summary>Opens the store before any worker starts, so that a path that cannot be written stops the host at once.</summary>
internal sealed class SqliteStartup(IStoreContexts contexts) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.OpenAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
