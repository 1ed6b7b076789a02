using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>A worker that takes one turn after the other until its host stops; being stopped in the middle of one is no fault.</summary>
internal abstract class RepeatingWorker : BackgroundService
{
    /// <summary>Whether this host wants the worker. Read once, at start.</summary>
    protected abstract bool IsWanted { get; }

    /// <summary>The work and the pause after it. A fault must not leave it: it would end the host.</summary>
    protected abstract Task TurnAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWanted)
            return;
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await TurnAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. What is half done is taken up again.
        }
    }
}
