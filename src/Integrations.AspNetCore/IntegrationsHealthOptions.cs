namespace Integrations.AspNetCore;

/// <summary>When the health check complains.</summary>
public sealed class IntegrationsHealthOptions
{
    /// <summary>
    /// How many connections may wait for their owners to connect again before the host counts as degraded. Default 0. Hosts with many
    /// clients allow more: somebody has always changed a password.
    /// </summary>
    public int MaxReconnectRequired { get; set; }

    /// <summary>How long a token may be due before the backlog counts as old. Default 15 minutes.</summary>
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the database may take. Default 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
