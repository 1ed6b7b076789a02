using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integrations.AspNetCore;

/// <summary>Says how the integrations of this host are. One count of the database, no platform.</summary>
internal sealed class IntegrationsHealthCheck(IIntegrationHealth health, IntegrationsHealthOptions options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Judge(await health.ReadAsync(options.OverdueAfter, both.Token).WaitAsync(both.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"The database of Integrations did not answer within {options.Timeout.TotalSeconds:0} seconds.");
        }
#pragma warning disable CA1031 // Whatever the database throws is the answer. Its text may name a server, so it is not repeated.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"The database of Integrations cannot be reached ({e.GetType().Name}).");
        }
    }

    private HealthCheckResult Judge(IntegrationHealthReport report)
    {
        var data = report.Connections.ToDictionary(c => $"connections.{c.Key}", object (c) => c.Value);
        data["refreshes.overdue"] = report.OverdueRefreshes;
        var complaints = new List<string>();
        if (report.WorkersRun == false)
            complaints.Add("The workers of this host have stopped: messages and refreshes wait. Restart it; its log says why.");
        if (report.OverdueRefreshes > 0)
            complaints.Add($"{report.OverdueRefreshes} tokens have been due for longer than {options.OverdueAfter.TotalMinutes:0} minutes: no worker gets to them, or their platform refuses.");
        if (report.Count(ConnectionState.ReconnectRequired) is var lost && lost > options.MaxReconnectRequired)
            complaints.Add($"{lost} connections wait for their owners to connect again.");
        return complaints.Count == 0
            ? HealthCheckResult.Healthy("Integrations work.", data)
            : HealthCheckResult.Degraded(string.Join(" ", complaints), exception: null, data);
    }
}
