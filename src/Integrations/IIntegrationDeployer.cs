namespace Integrations;

/// <summary>Makes a chat live on channels, pauses and resumes them. Thread-safe; repeating a call changes nothing.</summary>
public interface IIntegrationDeployer
{
    /// <summary>Says what <see cref="DeployAsync"/> would do. Changes nothing and calls no platform.</summary>
    Task<DeploymentPlan> PlanAsync(DeploymentRequest request, CancellationToken ct = default);

    /// <summary>
    /// Validates all channels first; if any is invalid nothing is changed. Then writes all configurations in one transaction and
    /// activates each channel. Partial success is normal: see each channel's outcome.
    /// </summary>
    Task<DeploymentResult> DeployAsync(DeploymentRequest request, CancellationToken ct = default);

    /// <summary>Stops a live integration: the platform is told, messages are not answered, configuration and connection stay.</summary>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<ProviderResult> PauseAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Makes a paused integration live again.</summary>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<ProviderResult> ResumeAsync(IntegrationKey key, CancellationToken ct = default);
}
