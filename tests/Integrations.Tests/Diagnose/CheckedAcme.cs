namespace Integrations.Tests.Diagnose;

/// <summary>An Acme that can be looked at and activated.</summary>
internal sealed class CheckedAcme : Acme, IConnectionChecks, IActivationProbe, IChannelActivator, IConnectionProbe
{
    private int _probes;
    private int _activations;
    private int _deactivations;

    public Func<CancellationToken, Task<IReadOnlyList<ConnectionCheck>>> OnCheck { get; set; } =
        _ => Task.FromResult<IReadOnlyList<ConnectionCheck>>([ConnectionCheck.Ok(WellKnownChecks.Token, "Token", "It works.")]);

    public Func<Task<ActivationProbeResult>> OnProbeActivation { get; set; } = () => Task.FromResult(ActivationProbeResult.Active);

    public Func<Task<ProviderResult>> OnActivate { get; set; } = () => Task.FromResult(ProviderResult.Success);

    public ProbeResult Probe { get; set; } = new();

    public int Probes => _probes;

    public int Activations => _activations;

    public int Deactivations => _deactivations;

    public Task<IReadOnlyList<ConnectionCheck>> CheckAsync(ConnectionCheckContext context, CancellationToken ct = default) => OnCheck(ct);

    public Task<ActivationProbeResult> ProbeActivationAsync(ConnectionContext connection, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _probes);
        return OnProbeActivation();
    }

    public Task<ProviderResult> ActivateAsync(ConnectionContext connection, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _activations);
        return OnActivate();
    }

    public Task<ProviderResult> DeactivateAsync(ConnectionContext connection, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _deactivations);
        return Task.FromResult(ProviderResult.Success);
    }

    public Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct = default) => Task.FromResult(Probe);
}
